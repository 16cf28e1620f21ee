/** What is known about models by name: the size of their window and the tokenizer that counts for them. */

export type Encoding = "o200k_base" | "cl100k_base";

export interface ModelFacts {
  /** Tokens of prompt and answer together. */
  contextWindow: number;
  encoding: Encoding;
  /** False for a model that is not listed: its window is a guess on the safe side, its tokens are counted by another's tokenizer. */
  known: boolean;
}

// The first pattern that fits counts. After platform.openai.com/docs/models.
const KNOWN: [RegExp, number, Encoding][] = [
  // Of 400,000 tokens, 272,000 may be prompt.
  [/^gpt-5/, 272_000, "o200k_base"],
  [/^gpt-4\.1/, 1_047_576, "o200k_base"],
  [/^(gpt-4o|chatgpt-4o)/, 128_000, "o200k_base"],
  [/^(o1|o3|o4)/, 200_000, "o200k_base"],
  [/^gpt-4-turbo/, 128_000, "cl100k_base"],
  [/^gpt-4/, 8_192, "cl100k_base"],
  [/^gpt-3\.5/, 16_385, "cl100k_base"],
  [/^gpt-oss/, 131_072, "o200k_base"],
];

const UNKNOWN_WINDOW = 32_768;

/** Gateways put the provider before the name: "openai/gpt-5-mini" is found as "gpt-5-mini". */
export function modelFacts(modelId: string): ModelFacts {
  const name = modelId.toLowerCase().replace(/^.*\//, "");
  const found = KNOWN.find(([pattern]) => pattern.test(name));
  return found
    ? { contextWindow: found[1], encoding: found[2], known: true }
    : { contextWindow: UNKNOWN_WINDOW, encoding: "o200k_base", known: false };
}
