/** Gemini and Vertex: google.rpc statuses, ErrorInfo reasons, QuotaFailure ids, and a bad key that is a 400. */
import { type Answer, addToolArguments, isObject, type JsonObject, objectsOf, textOf } from "../answer";
import type { ProviderRules } from "./provider-rules";

function readFrame(frame: JsonObject, answer: Answer): boolean {
  if (isObject(frame.response) && Array.isArray(frame.response.candidates)) return readFrame(frame.response, answer);
  const feedback = isObject(frame.promptFeedback) ? frame.promptFeedback : null;
  if (typeof feedback?.blockReason === "string") answer.finishReason = "PROMPT_BLOCKED";
  if (!Array.isArray(frame.candidates)) return feedback !== null || isObject(frame.usageMetadata);
  for (const candidate of objectsOf(frame.candidates)) {
    const parts = isObject(candidate.content) ? objectsOf(candidate.content.parts) : [];
    for (const part of parts) {
      if (textOf(part.text) !== "" && part.thought !== true) answer.hasText = true;
      if (isObject(part.inlineData)) answer.hasText = true;
      if (isObject(part.functionCall))
        addToolArguments(answer, String(answer.toolArguments.size), part.functionCall.args);
    }
    if (typeof candidate.finishReason === "string") answer.finishReason = candidate.finishReason;
  }
  return true;
}

export const gemini: ProviderRules = {
  names: ["gemini", "google", "vertex"],
  codes: {
    api_key_invalid: "auth",
    api_key_service_blocked: "auth",
    access_token_expired: "auth",
    service_disabled: "auth",
    billing_disabled: "quota_exhausted",
    quota_exhausted: "quota_exhausted",
    insufficient_g1_credits_balance: "quota_exhausted",
    model_capacity_exhausted: "provider_outage",
    unavailable: "provider_outage",
    deadline_exceeded: "timeout",
    cancelled: "timeout",
    rate_limit_exceeded: "rate_limit",
    ratelimitexceeded: "rate_limit",
  },
  // A day's quota does not come back in the 10 s that RetryInfo beside it may name.
  codePatterns: [
    [/per ?day/i, "quota_exhausted"],
    [/per ?(minute|second|hour)/i, "rate_limit"],
  ],
  familyCodes: {
    resource_exhausted: "rate_limit",
    unauthenticated: "auth",
    permission_denied: "auth",
    not_found: "model_not_found",
  },
  vagueCodes: {
    invalid_argument: "invalid_request",
    failed_precondition: "invalid_request",
    out_of_range: "invalid_request",
    internal: "provider_outage",
    unknown: "provider_outage",
    aborted: "provider_outage",
  },
  messages: [
    [/prepayment credits|monthly spending cap/i, "quota_exhausted"],
    [/quota will reset after/i, "quota_exhausted"],
    [/per[ _]day/i, "quota_exhausted"],
    [/please retry in \d|resource has been exhausted|resource exhausted|per[ _]minute/i, "rate_limit"],
    [/request payload size exceeds/i, "payload_too_large"],
    [/model is overloaded/i, "provider_outage"],
  ],
  finishReasons: {
    STOP: "none",
    MAX_TOKENS: "output_truncated",
    PROMPT_BLOCKED: "content_filter",
    SAFETY: "content_filter",
    RECITATION: "content_filter",
    LANGUAGE: "content_filter",
    BLOCKLIST: "content_filter",
    PROHIBITED_CONTENT: "content_filter",
    SPII: "content_filter",
    MODEL_ARMOR: "content_filter",
    IMAGE_SAFETY: "content_filter",
    IMAGE_PROHIBITED_CONTENT: "content_filter",
    IMAGE_RECITATION: "content_filter",
    MALFORMED_FUNCTION_CALL: "tool_call_parse",
    UNEXPECTED_TOOL_CALL: "tool_call_parse",
    TOO_MANY_TOOL_CALLS: "tool_call_parse",
    MISSING_THOUGHT_SIGNATURE: "history_corrupt",
  },
  readFrame,
};
