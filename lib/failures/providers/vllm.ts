/** vLLM (and SGLang, TGI): OpenAI-shaped, with Python exception names as types and an `object: "error"` envelope. */
import type { ProviderRules } from "./provider-rules";

export const vllm: ProviderRules = {
  names: ["vllm", "sglang", "tgi", "huggingface"],
  codes: {
    overloaded: "provider_outage",
    enginedeaderror: "provider_outage",
    enginegenerateerror: "provider_outage",
    model_overloaded: "provider_outage",
  },
  vagueCodes: { valueerror: "invalid_request", validation: "invalid_request", vllmvalidationerror: "invalid_request" },
  messages: [
    [/requested \d+ output tokens|prompt contains (at least )?\d+ (input )?tokens/i, "context_overflow"],
    [/the (decoder |encoder )?prompt \(length \d+\) is longer than/i, "context_overflow"],
    [/engine prompt length \d+ exceeds|maximum model length of \d+/i, "context_overflow"],
  ],
  // The engine dropped the request; what was sent is a part.
  finishReasons: { abort: "stream_truncated" },
};
