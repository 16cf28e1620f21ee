/** Thrown values: their chain of causes, and how a live one becomes an observation. */
import { isObject } from "./answer";
import { type JsError, jsErrorSchema, type Observation } from "./observation";

const chainDepthMax = 10;

/** A thrown error and its causes, outermost first; of a retry or aggregate error, its last and its parts. */
export function causeChain(thrown: unknown): JsError[] {
  const chain: JsError[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [thrown];
  while (queue.length > 0 && chain.length < chainDepthMax) {
    const next = queue.shift();
    if (next === null || next === undefined || seen.has(next)) continue;
    seen.add(next);
    const parsed = jsErrorSchema.safeParse(typeof next === "string" ? { message: next } : next);
    if (!parsed.success) continue;
    chain.push(parsed.data);
    queue.push(parsed.data.cause, parsed.data.lastError, ...(parsed.data.errors ?? []));
  }
  return chain;
}

/** Anything can be thrown, and not everything can be made into text: `[{ toString: 1 }]` cannot. */
function wordsOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return typeof thrown;
  }
}

/** A live thrown value as plain data. Error properties such as `message` are not enumerable, so they are named. */
export function describeThrown(thrown: unknown, depth = 0): JsError {
  if (!isObject(thrown)) return jsErrorSchema.parse({ message: wordsOf(thrown) });
  const { name, message, code, type, statusCode, status, responseBody, responseHeaders, cause, lastError } = thrown;
  const numericStatus = typeof statusCode === "number" ? statusCode : typeof status === "number" ? status : null;
  return jsErrorSchema.parse({
    name: typeof name === "string" ? name : null,
    message: typeof message === "string" ? message : null,
    code: typeof code === "string" || typeof code === "number" ? code : null,
    type: typeof type === "string" ? type : null,
    statusCode: numericStatus,
    responseBody,
    responseHeaders,
    cause: cause === undefined || depth > chainDepthMax ? undefined : describeThrown(cause, depth + 1),
    lastError: lastError === undefined || depth > chainDepthMax ? undefined : describeThrown(lastError, depth + 1),
  });
}

/** The observation of a thrown value, for callers that hold the error itself. */
export function observeThrown(
  thrown: unknown,
  context: Pick<Observation, "provider" | "phase"> & Partial<Pick<Observation, "abortedBy" | "partialOutputSeen">>,
): Observation {
  return { ...context, jsError: describeThrown(thrown) };
}

const parseErrors = /^(SyntaxError|JSONDecodeError|AI_JSONParseError|AI_TypeValidationError|ZodError)$/;
const toolCallErrors =
  /^(AI_(InvalidTool(Input|Arguments)|NoSuchTool|ToolCallRepair|NoObjectGenerated)Error|OutputParserException|ToolInputParsingException)$/;

type Named = { name?: string | null | undefined; message?: string | null | undefined };

/** The client could not read what it received: the stream, or in the tool phase a tool's arguments. */
export function isParseError({ name, message }: Named): boolean {
  return (
    parseErrors.test(name ?? "") ||
    /^(unexpected (token|end of json)|json parsing failed|expected .{1,20} in json)/i.test(message ?? "")
  );
}

/** The SDK understood the answer, but not the tool call in it. */
export function isToolCallError({ name }: Named): boolean {
  return toolCallErrors.test(name ?? "");
}
