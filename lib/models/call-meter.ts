import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { ModelMessage, ToolSet } from "ai";
import type { ChatModel } from "./registry";

/** Tokens of one request. Cached tokens are part of the input, reasoning is part of the output. */
export interface CallUsage {
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  /** False when the provider did not say and the numbers are our estimate. */
  measured: boolean;
  /** The names of the tools that the answer called, one for each call. */
  toolCalls?: readonly string[];
}

/** What counts and pays: asked before every request, told after it. */
export interface CallMeter {
  /** May refuse by throwing an AppError, whose code and words then end the run. */
  open(call: { model: ChatModel; inputTokens: number }): Promise<OpenCall>;
}

export interface OpenCall {
  /** What was paid for in advance: the answer is cut off beyond it. */
  maxOutputTokens?: number;
  /** Settles what the request came to. Returns its cost in US dollars, or null without a known price. */
  close(usage: CallUsage): Promise<number | null>;
}

/** What fits a conversation into a model's window. */
export interface PromptWindow {
  /** `pressure` 0 is the ordinary turn; 1 and 2 are asked for after the provider found the prompt too long. */
  fit(request: PromptRequest): Promise<FittedPrompt>;
  /** What the provider counted for the prompt that was fitted last. */
  learn?(model: ChatModel, inputTokens: number): Promise<void>;
}

export interface PromptRequest {
  model: ChatModel;
  instructions: string;
  messages: readonly ModelMessage[];
  tools: ToolSet;
  pressure: 0 | 1 | 2;
}

export interface FittedPrompt {
  messages: ModelMessage[];
  inputTokens: number;
}

const CHARS_PER_TOKEN = 4;

/** The provider's own count, or an estimate from what was seen when it never came. */
export function usageOf(usage: LanguageModelV4Usage | undefined, seen: { inputTokens: number; outputChars: number }) {
  const input = usage?.inputTokens.total;
  const output = usage?.outputTokens.total;
  return {
    inputTokens: input ?? seen.inputTokens,
    outputTokens: output ?? Math.ceil(seen.outputChars / CHARS_PER_TOKEN),
    cachedTokens: usage?.inputTokens.cacheRead ?? 0,
    reasoningTokens: usage?.outputTokens.reasoning ?? 0,
    measured: input !== undefined && output !== undefined,
  } satisfies CallUsage;
}

/** Counts nothing and refuses nothing. */
export const freeMeter: CallMeter = { open: async () => ({ close: async () => null }) };

/** Sends everything as it is, estimating its size. */
export const openWindow: PromptWindow = {
  fit: async ({ messages, instructions }) => ({
    messages: [...messages],
    inputTokens: Math.ceil((JSON.stringify(messages).length + instructions.length) / CHARS_PER_TOKEN),
  }),
};
