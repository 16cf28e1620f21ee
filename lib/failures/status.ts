/** What an HTTP status says when nothing more exact is known, and what a message may still correct. */
import type { FailureClass } from "./failure-class";

const byStatus: Record<number, FailureClass> = {
  401: "auth",
  402: "quota_exhausted",
  403: "auth",
  404: "model_not_found",
  407: "auth",
  408: "timeout",
  // A lock or concurrent update at the provider; every SDK repeats it.
  409: "provider_outage",
  410: "model_not_found",
  413: "payload_too_large",
  414: "payload_too_large",
  424: "provider_outage",
  425: "provider_outage",
  429: "rate_limit",
  431: "payload_too_large",
  451: "content_filter",
  // Groq: flex tier at capacity.
  498: "provider_outage",
  // A hop between us and the model gave up waiting.
  499: "timeout",
  504: "timeout",
  511: "network",
  524: "timeout",
  598: "timeout",
  599: "timeout",
};

/** The class of an HTTP status, or null when it is not an error. */
export function classifyStatus(status: number): FailureClass | null {
  if (status < 300) return null;
  return byStatus[status] ?? (status >= 500 ? "provider_outage" : "invalid_request");
}

/**
 * Message text is the last evidence: it may only make a provisional class more exact, never overturn it. A 500 that
 * mentions a rate limit stays an outage; a 400 that names the context window is an overflow.
 */
export const correctableBy: Partial<Record<FailureClass, readonly FailureClass[]>> = {
  invalid_request: [
    "quota_exhausted",
    "context_overflow",
    "history_corrupt",
    "content_filter",
    "tool_call_parse",
    "payload_too_large",
    "model_not_found",
    "auth",
    "invalid_request",
  ],
  rate_limit: ["rate_limit", "quota_exhausted", "context_overflow", "provider_outage"],
  provider_outage: ["quota_exhausted", "context_overflow", "history_corrupt", "tool_call_parse"],
  auth: ["quota_exhausted", "content_filter", "model_not_found"],
  model_not_found: ["quota_exhausted", "history_corrupt"],
  payload_too_large: ["quota_exhausted", "context_overflow"],
};
