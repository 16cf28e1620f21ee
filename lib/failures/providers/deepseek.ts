/** DeepSeek: OpenAI-shaped; an empty account is a 402, a full server a finish reason. */
import type { ProviderRules } from "./provider-rules";

export const deepseek: ProviderRules = {
  names: ["deepseek"],
  messages: [
    [/insufficient balance/i, "quota_exhausted"],
    [/content exists risk/i, "content_filter"],
    [/model not exist/i, "model_not_found"],
  ],
  finishReasons: { insufficient_system_resource: "provider_outage" },
};
