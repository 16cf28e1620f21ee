/** The providers known by name. Order matters only for wordings: a named provider's own come first, then the rest. */
import { anthropic } from "./anthropic";
import { azure } from "./azure";
import { bedrock } from "./bedrock";
import { cerebras } from "./cerebras";
import { deepseek } from "./deepseek";
import { gemini } from "./gemini";
import { groq } from "./groq";
import { javascript } from "./javascript";
import { mistral } from "./mistral";
import { ollama } from "./ollama";
import { openai } from "./openai";
import { openaiCompatible } from "./openai-compatible";
import { openrouter } from "./openrouter";
import type { ProviderRules } from "./provider-rules";
import { vllm } from "./vllm";
import { zhipu } from "./zhipu";

// Azure before OpenAI: "azure-openai" names both, and Azure is the more exact.
const named: readonly ProviderRules[] = [
  azure,
  openrouter,
  bedrock,
  gemini,
  anthropic,
  vllm,
  ollama,
  cerebras,
  groq,
  mistral,
  deepseek,
  zhipu,
  openai,
];

export const allProviders: readonly ProviderRules[] = [...named, openaiCompatible, javascript];

/** The rules of a provider by the name an observation gives it; null for one we have no file for. */
export function findProvider(name: string): ProviderRules | null {
  const wanted = name.toLowerCase();
  return allProviders.find((rules) => rules.names.some((known) => wanted.includes(known))) ?? null;
}
