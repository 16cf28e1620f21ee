/** Mistral: numbered codes as strings beside a type. */
import type { ProviderRules } from "./provider-rules";

export const mistral: ProviderRules = {
  names: ["mistral"],
  codes: {
    invalid_request_message_order: "history_corrupt",
    invalid_model: "model_not_found",
    "1500": "model_not_found",
    "3230": "history_corrupt",
  },
  familyCodes: { service_tier_capacity_exceeded: "rate_limit", "3505": "rate_limit", "1300": "rate_limit" },
  vagueCodes: { unreachable_backend: "provider_outage", invalid_request_prompt: "invalid_request" },
  messages: [
    [/service tier capacity exceeded|requests rate limit exceeded/i, "rate_limit"],
    [/prompt contains \d+ tokens/i, "context_overflow"],
  ],
  finishReasons: { model_length: "context_overflow" },
};
