/** Groq: tool failures are a 400 that quotes the model's text (never read here), capacity is a 498. */
import type { ProviderRules } from "./provider-rules";

export const groq: ProviderRules = {
  names: ["groq"],
  codes: {
    tool_use_failed: "tool_call_parse",
    output_parse_failed: "tool_call_parse",
    json_validate_failed: "tool_call_parse",
    model_decommissioned: "model_not_found",
    model_terms_required: "auth",
    organization_restricted: "auth",
    blocked_api_access: "quota_exhausted",
    capacity_exceeded: "provider_outage",
    flex_capacity_exceeded: "provider_outage",
  },
  messages: [
    [/request too large|reduce your message size/i, "context_overflow"],
    [/rate limit reached for model/i, "rate_limit"],
  ],
};
