/** What a server's error object says, whatever its envelope: codes, a status, messages and waits. */
import { isObject, type JsonObject, parseJson } from "./answer";

export interface ErrorReport {
  /** Structured codes, types, statuses and reasons as sent, outermost first. */
  codes: string[];
  /** The first HTTP status named inside the body. */
  status: number | null;
  messages: string[];
  /** Waits as "34s", or as a bare number of seconds. */
  waits: string[];
  /** Response headers that a gateway repeats in its body. */
  headers: JsonObject;
}

const codeKeys =
  /^(code|type|status|reason|error_type|errorType|error_code|errorCode|__type|quotaId|quota_limit|limit_source|name|err_code|inner_code)$/;
const statusKeys = /^(code|status|status_code|statusCode|http_status|httpStatus)$/;
const messageKeys =
  /^(message|Message|msg|detail|title|error|error_msg|error_message|error_description|errorMessage|errors|status_msg|raw|reason)$/;
const waitKeys = /^(retryDelay|retry_after|retry_after_seconds|retryAfter|quotaResetDelay|retry_after_s)$/;
/** Only these are entered, so that echoes of the prompt or of the model's text are never read. */
const envelopeKeys =
  /^(error|errors|details|detail|metadata|innererror|inner_error|innerError|violations|response|base_resp|fault|body|message)$/;

/** Enough for a gateway around a gateway around an upstream error with details. */
const nestingMax = 8;
/** An error longer than this is an echo of the request. */
const messageLengthMax = 4000;

export function emptyReport(): ErrorReport {
  return { codes: [], status: null, messages: [], waits: [], headers: {} };
}

/** True for an object that reports an error, in any provider's envelope. */
export function isErrorObject(value: JsonObject): boolean {
  const { error, errors, detail, message, Message } = value;
  if (typeof error === "string" ? error !== "" : isObject(error) && Object.keys(error).length > 0) return true;
  if (value.type === "error" || value.object === "error" || isObject(value.fault)) return true;
  if (Array.isArray(errors) && errors.length > 0) return true;
  if ("choices" in value || "candidates" in value || "content" in value || "role" in value) return false;
  if (value.done !== undefined || "output" in value) return false;
  const spoken = [detail, message, Message, value.msg, value.error_msg, value.errorMessage, value.__type];
  return spoken.some((text) => typeof text === "string" || Array.isArray(text));
}

/** Adds what one error object says. Below the deepest level nothing is read. */
export function readErrorObject(value: unknown, report: ErrorReport, depth = 0): void {
  if (depth > nestingMax) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 50)) {
      if (typeof item === "string") addMessage(item, report, depth);
      else readErrorObject(item, report, depth + 1);
    }
    return;
  }
  if (!isObject(value)) return;
  for (const [key, field] of Object.entries(value)) {
    if (typeof field === "number" || typeof field === "string") readField(key, field, report, depth);
    else if (key === "headers" && isObject(field)) Object.assign(report.headers, field);
    else if (envelopeKeys.test(key)) readErrorObject(field, report, depth + 1);
  }
}

function readField(key: string, field: string | number, report: ErrorReport, depth: number): void {
  const text = String(field);
  if (waitKeys.test(key)) report.waits.push(text);
  if (/^(retry_after_ms|retryAfterMs)$/.test(key)) report.waits.push(`${text}ms`);
  if (statusKeys.test(key) && /^[3-5]\d\d$/.test(text)) report.status ??= Number(text);
  if (codeKeys.test(key) && text.length < 120) report.codes.push(text);
  if (messageKeys.test(key) && typeof field === "string") addMessage(field, report, depth);
}

/** A message may carry another server's error as JSON; its text then speaks through its own codes. */
export function addMessage(text: string, report: ErrorReport, depth = 0): void {
  if (depth > nestingMax) return;
  const inner = parseJson(text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1));
  if (isObject(inner)) {
    readErrorObject(inner, report, depth + 1);
    report.messages.push(text.slice(0, Math.min(text.indexOf("{"), messageLengthMax)));
  } else report.messages.push(text.slice(0, messageLengthMax));
  for (const [, name] of text.matchAll(/\blitellm\.(\w+Error)\b/g)) report.codes.push(name ?? "");
}
