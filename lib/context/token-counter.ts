/**
 * How many tokens a prompt has: counted by the model's own tokenizer where it is known, corrected by what the provider counted before.
 */
import type { ModelMessage, ToolSet } from "ai";
import { asSchema } from "ai";
import { type Encoding, modelFacts } from "@/lib/models/model-facts";

type CountText = (text: string) => number;

// Loaded when first needed: each is two megabytes of merge ranks.
const encoders: Record<Encoding, () => Promise<{ countTokens(text: string, options: object): number }>> = {
  o200k_base: () => import("gpt-tokenizer/encoding/o200k_base"),
  cl100k_base: () => import("gpt-tokenizer/encoding/cl100k_base"),
};

// What looks like a special token in somebody's text is text.
const PLAIN = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
// Byte pair encoding takes time with the square of the longest run without a break: 100 KB of one letter take 16 s.
const LONG_RUN = /\S{200}|\s{200}/g;
const COUNTED_CHARS_MAX = 300_000;

/** A counter for texts, exact but for runs of more than 200 characters without a break. */
export async function textCounter(encoding: Encoding): Promise<CountText> {
  const { countTokens } = await encoders[encoding]();
  return (text) => {
    const counted = text.slice(0, COUNTED_CHARS_MAX);
    const pieces = counted.replaceAll("\0", "").replace(LONG_RUN, "$&\0").split("\0");
    const tokens = pieces.reduce((sum, piece) => sum + (piece === "" ? 0 : countTokens(piece, PLAIN)), 0);
    // Beyond that the rest is taken to be like the beginning.
    return counted.length < text.length ? Math.ceil((tokens * text.length) / counted.length) : tokens;
  };
}

const countedMessages: Record<Encoding, WeakMap<object, number>> = {
  o200k_base: new WeakMap(),
  cl100k_base: new WeakMap(),
};

/** Loads the tokenizer that most models share, so that nobody's first question waits for it. */
export async function warmTokenizer(): Promise<void> {
  await encoders.o200k_base();
}

/** Tokens around each message, and around each call or result in it, by OpenAI's cookbook on counting tokens. */
const MESSAGE_OVERHEAD = 4;
const PART_OVERHEAD = 8;
const IMAGE_TOKENS = 1_100;

export class TokenCounter {
  private constructor(
    private readonly modelKey: string,
    private readonly countText: CountText,
    /** Messages do not change, and a turn counts the same ones again at each step. */
    private readonly counted: WeakMap<object, number>,
  ) {}

  static async for({ provider, modelId }: { provider: string; modelId: string }): Promise<TokenCounter> {
    const { encoding } = modelFacts(modelId);
    return new TokenCounter(`${provider}/${modelId}`, await textCounter(encoding), countedMessages[encoding]);
  }

  text(text: string): number {
    return this.corrected(this.countText(text));
  }

  messages(messages: readonly ModelMessage[]): number {
    return messages.reduce((sum, message) => sum + this.message(message), 0);
  }

  message(message: ModelMessage): number {
    let tokens = this.counted.get(message);
    if (tokens === undefined) {
      tokens = MESSAGE_OVERHEAD + this.content(message.content);
      this.counted.set(message, tokens);
    }
    return this.corrected(tokens);
  }

  async tools(tools: ToolSet): Promise<number> {
    let tokens = 0;
    for (const [name, tool] of Object.entries(tools)) {
      const description = typeof tool.description === "string" ? tool.description : "";
      const schema = JSON.stringify(await asSchema(tool.inputSchema).jsonSchema);
      tokens += PART_OVERHEAD + this.countText(`${name} ${description} ${schema}`);
    }
    return this.corrected(tokens);
  }

  /** Learns from what the provider counted for a prompt that was estimated here. */
  learn(estimated: number, counted: number): void {
    if (estimated < LEARN_FROM_TOKENS || counted <= 0) return;
    const known = corrections.get(this.modelKey) ?? 1;
    const seen = (counted / estimated) * known;
    const next = known + (Math.min(CORRECTION_MAX, Math.max(CORRECTION_MIN, seen)) - known) * LEARNING_RATE;
    corrections.set(this.modelKey, next);
  }

  private content(content: ModelMessage["content"]): number {
    if (typeof content === "string") return this.countText(content);
    return content.reduce((sum, part) => {
      if (part.type === "text" || part.type === "reasoning") return sum + this.countText(part.text);
      if (part.type === "image" || part.type === "file") return sum + IMAGE_TOKENS;
      return sum + PART_OVERHEAD + this.countText(JSON.stringify(part) ?? "");
    }, 0);
  }

  private corrected(tokens: number): number {
    return Math.ceil(tokens * (corrections.get(this.modelKey) ?? 1));
  }
}

/** How the provider's counts compare with ours, by model, as far as this process has seen. */
const corrections = new Map<string, number>();
const LEARN_FROM_TOKENS = 200;
const LEARNING_RATE = 0.3;
// A provider that counts beyond these counts something else, its cache for instance.
const CORRECTION_MIN = 0.5;
const CORRECTION_MAX = 2;
