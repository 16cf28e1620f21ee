/**
 * What went wrong with one call to a model, and what may be done about it. Evidence in this order: our own abort flag,
 * the finish reason, the transport's code, a structured code or type, the HTTP status, and message text last. What the
 * model wrote is never evidence.
 */
import { hasBrokenToolArguments } from "./answer";
import { classifyError } from "./error-class";
import { type Evidence, gatherEvidence } from "./evidence";
import { type FailureClass, type FailureFacts, failureFacts } from "./failure-class";
import type { Observation } from "./observation";
import { allProviders, findProvider } from "./providers";
import { readRetryHint } from "./retry-hint";
import { isParseError, isToolCallError } from "./thrown";
import { classifyTransport, isCertificateError } from "./transport";

export interface Failure extends FailureFacts {
  class: FailureClass;
  /** How long to wait before the same request; null when unknown or when it must not be repeated. */
  retryAfterMs: number | null;
}

/** Pure for a given `nowMs`, which is used only for absolute reset times in responses without a `date` header. */
export function classify(observation: Observation, nowMs: number = Date.now()): Failure {
  const evidence = gatherEvidence(observation);
  const failureClass =
    classifyAbort(evidence) ??
    classifyFinish(evidence) ??
    classifyConnection(evidence) ??
    classifyReported(evidence) ??
    classifyCompleteness(evidence);
  const facts = failureFacts[failureClass];
  const retryable = facts.retryable === "yes" && refusesRepetition(evidence) ? "no" : facts.retryable;
  return {
    ...facts,
    class: failureClass,
    retryable,
    retryAfterMs:
      retryable === "yes"
        ? readRetryHint(evidence.headers, evidence.report, nowMs, failureClass === "rate_limit")
        : null,
  };
}

const abortNames = /^(AbortError|APIUserAbortError|ResponseAborted|CanceledError|CancelledError|AI_AbortError)$/;
const abortCodes = new Set(["ABORT_ERR", "ERR_CANCELED", "UND_ERR_ABORTED", "20"]);

const abortWords = /^(request was aborted|(this|the) operation was aborted|the user aborted a request|canceled)\.?$/i;

/** A deadline of ours and a person's Stop throw the same error; only a timeout in its chain or the flag tells them apart. */
function classifyAbort({ observation, chain }: Evidence): FailureClass | null {
  if (observation.abortedBy) return observation.abortedBy === "user" ? "user_abort" : "timeout";
  const aborted = chain.find(({ name, code, message }) => {
    return abortNames.test(name) || abortCodes.has(code) || abortWords.test(message);
  });
  if (aborted === undefined) return null;
  const timedOut = chain.some(
    ({ name, message }) => name === "TimeoutError" || /time(d )?-?out|deadline|took too long|stalled/i.test(message),
  );
  return timedOut || classifyTransport(chain) === "timeout" ? "timeout" : "user_abort";
}

/** Null for a healthy end, for no end, and for "error", whose reason is elsewhere. */
function classifyFinish(evidence: Evidence): FailureClass | null {
  const { answer } = evidence.body;
  const meaning = finishMeaning(evidence);
  if (meaning === "none") {
    if (answer.refused && !answer.hasText) return "content_filter";
    return answer.errors.length === 0 && hasBrokenToolArguments(answer) ? "tool_call_parse" : null;
  }
  if (meaning === "provider_outage" && answer.errors.length > 0) return null;
  return meaning;
}

function finishMeaning({ finishReason, observation }: Evidence): FailureClass | null {
  if (finishReason === null) return null;
  for (const rules of [findProvider(observation.provider), ...allProviders]) {
    const reasons = rules?.finishReasons;
    for (const spelling of [finishReason, finishReason.toLowerCase(), finishReason.replaceAll("-", "_")]) {
      if (reasons !== undefined && Object.hasOwn(reasons, spelling)) return reasons[spelling] ?? null;
    }
  }
  return null;
}

/** A socket that breaks after a healthy end took nothing from the answer. */
function classifyConnection(evidence: Evidence): FailureClass | null {
  return finishMeaning(evidence) === "none" ? null : classifyTransport(evidence.chain);
}

function classifyReported(evidence: Evidence): FailureClass | null {
  const { body, chain, status, observation } = evidence;
  const failed = status !== null && status >= 300;
  if (!failed && body.answer.errors.length === 0 && chain.length === 0) return null;
  if (!failed && chain.some(isParseError)) {
    return observation.phase === "tool" || chain.some(isToolCallError) ? "tool_call_parse" : "stream_truncated";
  }
  const reported = classifyError(evidence) ?? unknownError(evidence);
  const isConnection = reported === "network" || reported === "timeout";
  return isConnection && finishMeaning(evidence) === "none" ? null : reported;
}

function unknownError({ observation, body }: Evidence): FailureClass {
  if (body.answer.errors.length > 0) return "provider_outage";
  if (observation.phase === "transport") return "network";
  if (observation.phase === "tool") return "tool_call_parse";
  return observation.phase === "mid_stream" ? "stream_truncated" : "invalid_request";
}

/** Complete is only an answer with a real finish reason and something in it: a clean end of file proves nothing. */
function classifyCompleteness(evidence: Evidence): FailureClass {
  const { body, hasOutput, observation, status } = evidence;
  if (finishMeaning(evidence) === "none" && hasOutput && !body.answer.malformed) return "none";
  // In the tool phase an unreadable body is the arguments themselves.
  if (observation.phase === "tool" && !body.answer.recognised && body.kind !== "empty") return "tool_call_parse";
  const nothingSeen = body.kind === "empty" && status === null;
  return nothingSeen && observation.phase === "transport" ? "network" : "stream_truncated";
}

/** OpenAI's `x-should-retry: false`, and certificates, which no repetition makes valid. */
function refusesRepetition({ headers, chain }: Evidence): boolean {
  return headers.get("x-should-retry")?.toLowerCase() === "false" || isCertificateError(chain);
}
