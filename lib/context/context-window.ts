/**
 * What a model gets to read of a conversation. As long as it fits well, all of it. From 70 % of the window on, older turns are
 * condensed: their pinned facts word for word, a summary, then the newest turns as they were. Whole turns only, so that a tool call
 * is never without its result. Nothing is removed from the thread: people still see everything.
 */
import type { ModelMessage } from "ai";
import type { FittedPrompt, PromptRequest, PromptWindow } from "@/lib/models/call-meter";
import { modelFacts } from "@/lib/models/model-facts";
import type { ChatModel } from "@/lib/models/registry";
import { type ConversationTurn, newestLines, outline, splitTurns } from "./condense";
import { findFacts, type PinnedFacts } from "./pinned-facts";
import { shortenToFit } from "./shorten";
import { TokenCounter } from "./token-counter";

export interface ContextSettings {
  /** Share of the window from which on older turns are condensed. */
  compactAt: number;
  /** Share that is left after condensing, so that the next turns need not condense again. */
  compactTo: number;
  /** Share of the window that the condensed part may take. */
  digestShare: number;
  /** Never more than this is sent. */
  fillMax: number;
}

export const defaultContextSettings: ContextSettings = {
  compactAt: 0.7,
  compactTo: 0.5,
  digestShare: 0.25,
  fillMax: 0.95,
};

/** What stands for the first turns of a conversation. */
export interface Digest {
  /** How many turns, from the beginning. History is only appended to, so that the number keeps its meaning. */
  turns: number;
  summary: string;
  /** `model` when a model wrote it, `outline` when it is made of beginnings. */
  by: "model" | "outline";
  /** What the model was told in their place when it was last asked. */
  told?: string;
}

export interface Fill {
  system: number;
  history: number;
  documents: number;
  tools: number;
  summary: number;
}

export interface WindowPrompt extends FittedPrompt {
  contextWindow: number;
  fill: Fill;
  /** Turns that are read only as a digest. */
  condensedTurns: number;
  /** What stands for them, word for word. */
  digested: string | null;
}

/** Share of the window, and of what was sent, that is aimed at after the provider said that it was too much. */
const PRESSURE_TARGETS = { 0: 1, 1: 0.6, 2: 0.3 } as const;

export class ContextWindow implements PromptWindow {
  private estimated: { model: ChatModel; tokens: number } | undefined;
  /** The digest as it is told to the model, which costs more to make than to keep. */
  private told: { digest: Digest; tokensMax: number; message: ModelMessage } | undefined;
  /** What the last prompt was fitted into. */
  private fitted: { counter: TokenCounter; contextWindow: number } | undefined;
  /** True when turns were condensed in this run that the stored digest does not cover. */
  changed = false;

  constructor(
    /** The stored one, if there is; replaced as turns are condensed. */
    public digest: Digest | null = null,
    private readonly settings: ContextSettings = defaultContextSettings,
    /** Overrides what is known of the model, for tests and for servers that run it with less. */
    private readonly windowOf: (model: ChatModel) => number = ({ modelId }) => modelFacts(modelId).contextWindow,
  ) {}

  async fit(request: PromptRequest): Promise<WindowPrompt> {
    const { model, pressure } = request;
    const counter = await TokenCounter.for(model);
    const contextWindow = this.windowOf(model);
    const fixed = { system: counter.text(request.instructions), tools: await counter.tools(request.tools) };
    const room = (share: number) => Math.floor(contextWindow * share) - fixed.system - fixed.tools;
    const turns = splitTurns(request.messages);
    this.fitted = { counter, contextWindow };

    let prompt = this.compose(turns, this.digest, counter, contextWindow);
    const tokensOf = ({ messages }: { messages: readonly ModelMessage[] }) => counter.messages(messages);
    if (pressure > 0 || tokensOf(prompt) > room(this.settings.compactAt)) {
      // A window that we believe larger than it is shows itself only by being overrun: then what was sent is the measure.
      const sent = pressure === 0 ? Number.POSITIVE_INFINITY : counter.messages(request.messages);
      const target = Math.min(room(this.settings.compactTo), sent) * PRESSURE_TARGETS[pressure];
      this.condense(turns, target, counter, contextWindow);
      prompt = this.compose(turns, this.digest, counter, contextWindow);
      const limit = pressure === 0 ? room(this.settings.fillMax) : Math.min(room(this.settings.fillMax), target);
      prompt.messages = shortenToFit(prompt.messages, limit, counter, prompt.digested);
    }
    const fill = { ...fixed, ...sizesOf(prompt.messages, prompt.digested, counter) };
    const inputTokens = fill.system + fill.tools + fill.history + fill.documents + fill.summary;
    this.estimated = { model, tokens: inputTokens };
    const { messages, condensedTurns } = prompt;
    const digested = typeof prompt.digested?.content === "string" ? prompt.digested.content : null;
    return { messages, inputTokens, contextWindow, fill, condensedTurns, digested };
  }

  async learn(model: ChatModel, inputTokens: number): Promise<void> {
    if (this.estimated?.model === model) (await TokenCounter.for(model)).learn(this.estimated.tokens, inputTokens);
  }

  /**
   * After a run that left the window fuller than `compactAt`: condenses ahead of the next one, `used` tokens being in the window now,
   * so that nobody waits for it. `messages` is the conversation as it was sent. True when there is more in the digest than before.
   */
  condenseAhead(messages: readonly ModelMessage[], used: number): boolean {
    if (!this.fitted || used <= this.fitted.contextWindow * this.settings.compactAt) return false;
    const { counter, contextWindow } = this.fitted;
    const turns = splitTurns(messages);
    const sent = counter.messages(this.compose(turns, this.digest, counter, contextWindow).messages);
    const before = this.digest?.turns ?? 0;
    // Instructions, tools and the answer, which has joined the conversation since, stay as they are.
    const others = Math.max(0, used - sent);
    this.condense(turns, contextWindow * this.settings.compactTo - others, counter, contextWindow);
    return (this.digest?.turns ?? 0) > before;
  }

  /** What the model reads in the place of the digest's turns, or null while it reads everything. */
  tell(messages: readonly ModelMessage[]): string | null {
    if (!this.fitted || !this.digest) return null;
    const { counter, contextWindow } = this.fitted;
    const { digested } = this.compose(splitTurns(messages), this.digest, counter, contextWindow);
    return typeof digested?.content === "string" ? digested.content : null;
  }

  /** Moves as many of the oldest turns into the digest as it takes. The newest turn, which is the question, stays. */
  private condense(turns: ConversationTurn[], target: number, counter: TokenCounter, contextWindow: number): void {
    const before = this.digest?.turns ?? 0;
    const sizes = turns.map((turn) => counter.messages(turn));
    const reserved = contextWindow * this.settings.digestShare * 0.5;
    let kept = turns.length - 1;
    let size = sizes[kept] ?? 0;
    while (kept > before && size + (sizes[kept - 1] ?? 0) + reserved <= target) size += sizes[--kept] ?? 0;
    if (kept <= before) return;
    const added = outline(turns.slice(before, kept));
    const summary = this.digest ? `${this.digest.summary}\n${added}` : added;
    this.digest = { turns: kept, summary, by: "outline" };
    this.changed = true;
  }

  private compose(
    turns: ConversationTurn[],
    digest: Digest | null,
    counter: TokenCounter,
    contextWindow: number,
  ): { messages: ModelMessage[]; digested: ModelMessage | null; condensedTurns: number } {
    // A digest of more than is there belongs to another conversation.
    if (!digest || digest.turns === 0 || digest.turns >= turns.length) {
      return { messages: turns.flat(), digested: null, condensedTurns: 0 };
    }
    const tokensMax = contextWindow * this.settings.digestShare;
    if (this.told?.digest !== digest || this.told.tokensMax !== tokensMax) {
      const older = turns.slice(0, digest.turns).flat();
      const content = digestText(findFacts(older), digest.summary, (text) => counter.text(text) <= tokensMax);
      this.told = { digest, tokensMax, message: { role: "user", content } };
    }
    const digested = this.told.message;
    return { messages: [digested, ...turns.slice(digest.turns).flat()], digested, condensedTurns: digest.turns };
  }
}

const DIGEST_OPENING =
  "[The earlier part of this conversation, condensed. It is a record to remember, not a new request. Facts are word for word.]";

/** Facts go before the summary: when there is no room for both, the oldest lines of the summary fall out. */
function digestText(facts: PinnedFacts, summary: string, fits: (text: string) => boolean): string {
  const section = (title: string, lines: string[]) =>
    lines.length === 0 ? "" : `${title}:\n${lines.map((line) => `- ${line}`).join("\n")}`;
  const pinned = [
    DIGEST_OPENING,
    section("What the user asked for", facts.instructions),
    section("Decisions", facts.decisions),
    section("Names", facts.names),
    section("Numbers and references", facts.identifiers),
  ]
    .filter(Boolean)
    .join("\n\n");
  const withSummary = (lines: string) => (lines === "" ? pinned : `${pinned}\n\nSummary:\n${lines}`);
  return withSummary(newestLines(summary, (lines) => fits(withSummary(lines))));
}

/** Results of tools that read documents fill the window in another way than what was said. */
function sizesOf(messages: readonly ModelMessage[], digested: ModelMessage | null, counter: TokenCounter) {
  const sizes = { history: 0, documents: 0, summary: 0 };
  for (const message of messages) {
    const kind = message === digested ? "summary" : message.role === "tool" ? "documents" : "history";
    sizes[kind] += counter.message(message);
  }
  return sizes;
}
