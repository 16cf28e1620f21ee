import type { FailureClass } from "@/contract/failures";
import type { Fault, Position } from "./fault";

/** The classes that a provider, or the way to it, can cause. `user_abort` is the person's own doing and `none` is no failure. */
export type FaultClass = Exclude<FailureClass, "none" | "user_abort">;

const said =
  (status: number, error: object, headers?: Record<string, string>) =>
  (at: Position): Fault =>
    at === "before" ? { kind: "status", status, body: { error }, headers } : { kind: "error_frame", error };
const same = (fault: Fault) => () => fault;

/** A refusal for now that names the time to wait. */
export function rateLimitFault(at: Position, waitMs: number): Fault {
  const message = `Rate limit reached. Please try again in ${waitMs}ms.`;
  const error = { code: "rate_limit_exceeded", type: "tokens", message };
  return said(429, error, { "retry-after-ms": String(waitMs) })(at);
}

/** For each class, what happens on the wire at each position of an answer. */
export const faultOf: Record<FaultClass, (at: Position) => Fault> = {
  rate_limit: (at) => rateLimitFault(at, 60),
  quota_exhausted: said(429, {
    code: "insufficient_quota",
    type: "insufficient_quota",
    message: "You exceeded your current quota.",
  }),
  context_overflow: said(400, {
    code: "context_length_exceeded",
    type: "invalid_request_error",
    message: "This model's maximum context length is 8192 tokens.",
  }),
  provider_outage: said(503, { type: "server_error", code: "server_error", message: "The server had an error." }),
  network: same({ kind: "reset" }),
  timeout: same({ kind: "stall" }),
  stream_truncated: same({ kind: "early_end" }),
  output_truncated: same({ kind: "finish", reason: "length" }),
  tool_call_parse: same({ kind: "finish", reason: "tool_calls" }),
  history_corrupt: said(400, {
    type: "invalid_request_error",
    message:
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
  }),
  content_filter: same({ kind: "finish", reason: "content_filter" }),
  auth: said(401, { code: "invalid_api_key", type: "invalid_request_error", message: "Incorrect API key provided." }),
  model_not_found: said(404, { code: "model_not_found", type: "invalid_request_error", message: "No such model." }),
  payload_too_large: said(413, { code: "request_too_large", type: "request_too_large", message: "Request too large." }),
  invalid_request: said(400, { type: "invalid_request_error", message: "Unknown parameter: 'foo'." }),
};
