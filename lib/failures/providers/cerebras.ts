/** Cerebras: an overflow is an empty 400 or 413; daily limits are their own codes. */
import type { ProviderRules } from "./provider-rules";

export const cerebras: ProviderRules = {
  names: ["cerebras"],
  codes: {
    token_quota_exceeded: "rate_limit",
    request_quota_exceeded: "rate_limit",
    wrong_api_key: "auth",
    queue_exceeded: "provider_outage",
  },
  familyCodes: { too_many_tokens_error: "rate_limit", too_many_requests_error: "rate_limit" },
  emptyBody: { 400: "context_overflow", 413: "context_overflow" },
};
