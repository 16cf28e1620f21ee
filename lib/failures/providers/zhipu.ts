/** Zhipu / Z.ai: business codes as numbers in strings under ordinary HTTP statuses. */
import type { ProviderRules } from "./provider-rules";

export const zhipu: ProviderRules = {
  names: ["zhipu", "zai", "z-ai", "glm"],
  codes: {
    "1000": "auth",
    "1001": "auth",
    "1002": "auth",
    "1003": "auth",
    "1113": "quota_exhausted",
    "1211": "model_not_found",
    "1261": "context_overflow",
    "1301": "content_filter",
    "1302": "rate_limit",
    "1303": "rate_limit",
    "1305": "provider_outage",
    "1308": "quota_exhausted",
    "1310": "quota_exhausted",
  },
};
