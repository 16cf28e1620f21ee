/** OpenRouter: numeric codes, `metadata.error_type`, the upstream's own error in `metadata.raw`, errors inside a 200. */
import type { ProviderRules } from "./provider-rules";

export const openrouter: ProviderRules = {
  names: ["openrouter"],
  codes: {
    token_limit_exceeded: "quota_exhausted",
    payment_required: "quota_exhausted",
    // The one 402 that passes by itself: credits are held by requests still running.
    openrouter_in_flight_budget: "rate_limit",
    max_tokens_exceeded: "output_truncated",
    string_too_long: "context_overflow",
    provider_overloaded: "provider_outage",
    provider_unavailable: "provider_outage",
    unprocessable: "invalid_request",
    precondition_failed: "invalid_request",
    invalid_image: "invalid_request",
    image_too_small: "invalid_request",
    unsupported_image_format: "invalid_request",
    image_not_found: "invalid_request",
    image_download_failed: "invalid_request",
    image_too_large: "payload_too_large",
    refusal: "content_filter",
    moderation: "content_filter",
    authentication: "auth",
  },
  familyCodes: { not_found: "model_not_found" },
  vagueCodes: { invalid_prompt: "invalid_request", server: "provider_outage", invalid_request: "invalid_request" },
  messages: [
    [/free-models-per-day|per-day\b/i, "quota_exhausted"],
    [/can only afford|key limit exceeded|more credits/i, "quota_exhausted"],
    [/requires moderation|input was flagged|was flagged/i, "content_filter"],
    [/rate-limited upstream|free-models-per-min/i, "rate_limit"],
    [/no (endpoints|allowed providers|available model provider)/i, "model_not_found"],
  ],
};
