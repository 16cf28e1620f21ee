/** Everything an observation says, gathered once, before anything is decided. */
import { type Body, readBody } from "./body";
import { addMessage, type ErrorReport, emptyReport, readErrorObject } from "./error-report";
import type { JsError, Observation } from "./observation";
import { type Headers, normaliseHeaders } from "./retry-hint";
import { causeChain, isParseError, isToolCallError } from "./thrown";
import type { TransportError } from "./transport";

export interface Evidence {
  observation: Observation;
  status: number | null;
  headers: Headers;
  body: Body;
  chain: TransportError[];
  /** Codes, messages and waits of the body's errors and of thrown errors together. */
  report: ErrorReport;
  finishReason: string | null;
  hasOutput: boolean;
}

export function gatherEvidence(observation: Observation): Evidence {
  const thrown = causeChain(observation.jsError);
  const bodyText = observation.body ?? thrown.find((error) => error.responseBody)?.responseBody;
  const body = readBody(bodyText);
  const report = emptyReport();
  for (const error of body.answer.errors) readErrorObject(error, report);
  if (body.plainText !== "") addMessage(body.plainText.slice(0, 4000), report);
  for (const error of thrown) readThrown(error, report);
  const headers = normaliseHeaders(
    observation.headers,
    ...thrown.map((error) => error.responseHeaders),
    report.headers,
  );
  // AWS names the exception in a header, with a namespace after a colon.
  const awsType = headers.get("x-amzn-errortype");
  if (awsType !== undefined) report.codes.push(awsType.split(":")[0] ?? "");
  return {
    observation,
    status: observation.status || (thrown.find((error) => error.statusCode)?.statusCode ?? null),
    headers,
    body,
    chain: thrown.map((error) => ({
      name: error.name ?? "",
      message: error.message ?? "",
      code: String(error.code ?? ""),
    })),
    report,
    finishReason: observation.finishReason ?? body.answer.finishReason,
    hasOutput: body.answer.hasText || body.answer.toolArguments.size > 0 || observation.partialOutputSeen === true,
  };
}

/** SDKs write "429 {json}" or "Error code: 400 - {json}" into their messages. */
function readThrown(error: JsError, report: ErrorReport): void {
  const message = error.message ?? "";
  for (const code of [error.code, error.type, error.name]) if (code) report.codes.push(String(code));
  // The messages of these quote what the model wrote, so only their names are read.
  if (isParseError(error) || isToolCallError(error)) return;
  const leading = /^(?:error code: )?([45]\d\d)\b/i.exec(message)?.[1];
  if (leading !== undefined) report.status ??= Number(leading);
  if (message !== "") addMessage(message, report);
}
