/** The context of one run: what its models read, what the meter shows, and what the thread keeps of it for the next run. */
import type { Message } from "@ag-ui/core";
import type { ModelMessage } from "ai";
import type { ContextCompacted, TokenUpdate } from "@/contract/usage";
import type { Doors, TenantContext } from "@/db/with-tenant";
import type { CallUsage, FittedPrompt } from "@/lib/models/call-meter";
import type { ChatModel } from "@/lib/models/registry";
import { log } from "@/lib/telemetry/log";
import { splitTurns } from "./condense";
import { ContextWindow, type Digest, defaultContextSettings, type WindowPrompt } from "./context-window";
import { type Ask, summarise } from "./summarise";
import { loadThreadContext, saveThreadContext } from "./thread-context";
import { compactedPart, tokenUpdate } from "./token-update";

export interface RunContextParts {
  context: TenantContext;
  threadId: string;
  /** As the run was given it: the whole history. */
  thread: readonly Message[];
  doors?: Pick<Doors, "withTenant">;
}

export class RunContext {
  private prompt: WindowPrompt | undefined;
  private costUsd: number | null = 0;
  private last: TokenUpdate | undefined;
  private readonly before: Digest | null;
  private toldTurns = 0;

  constructor(
    readonly window: ContextWindow,
    private readonly thread: readonly Message[],
    /** Null when nothing is kept. */
    private readonly stored: Omit<RunContextParts, "thread"> | null,
  ) {
    this.before = window.digest;
  }

  /** With what earlier runs left. A thread whose context cannot be read is condensed anew: it still answers. */
  static async open({ thread, ...stored }: RunContextParts): Promise<RunContext> {
    const found = await loadThreadContext(stored.context, stored.threadId, stored.doors).catch((error) => {
      log.warn({ event: "context.not_loaded", threadId: stored.threadId, err: error });
      return null;
    });
    const settings = { ...defaultContextSettings };
    if (found) {
      settings.compactAt = found.compactAt;
      settings.compactTo = Math.min(settings.compactTo, found.compactAt * 0.75);
    }
    return new RunContext(new ContextWindow(found?.digest ?? null, settings), thread, stored);
  }

  /** The same for a run that leaves nothing behind. */
  static inMemory(thread: readonly Message[]): RunContext {
    return new RunContext(new ContextWindow(), thread, null);
  }

  /** A request is on its way. */
  sent(model: ChatModel, prompt: FittedPrompt): TokenUpdate {
    // The window of this run made it.
    this.prompt = prompt as WindowPrompt;
    return this.read(model, this.prompt, null);
  }

  /** A step was answered. Null before any request. */
  answered(model: ChatModel, usage: CallUsage, costUsd: number | null): TokenUpdate | null {
    this.costUsd = costUsd === null || this.costUsd === null ? null : this.costUsd + costUsd;
    return this.prompt ? this.read(model, this.prompt, usage) : null;
  }

  /** What the model reads instead of the oldest messages, the first time that this run says so and whenever it is more. */
  compacted(): ContextCompacted | null {
    const { prompt, thread, window } = this;
    if (!prompt?.digested || !window.digest || prompt.condensedTurns === this.toldTurns) return null;
    this.toldTurns = prompt.condensedTurns;
    return contextCompacted(compactedPart(thread, prompt.condensedTurns), window.digest, prompt.digested);
  }

  /**
   * Keeps what the next run needs. A window that this run left too full is condensed now, while nobody waits. Turns that were condensed
   * are then summarised by a model, where there is one; until that is done, and when it fails, their outline stands.
   */
  async close(messages: readonly ModelMessage[], ask: Ask | null): Promise<void> {
    const { stored, window, last } = this;
    if (!stored || !last) return;
    try {
      window.condenseAhead(messages, last.tokens_used);
      const { digest } = window;
      if (!window.changed || !digest) {
        await saveThreadContext(stored.context, stored.threadId, { meter: last }, stored.doors);
        return;
      }
      const compacted = compactedPart(this.thread, digest.turns);
      await this.keepDigest(stored, messages, { ...last, compacted });
      const { threadId } = stored;
      log.info({ event: "context.compacted", threadId, turns: digest.turns, messages: compacted.messages });
      if (!ask) return;
      const turns = splitTurns(messages).slice(this.before?.turns ?? 0, digest.turns);
      const summary = await summarise(turns, this.before?.summary ?? null, ask);
      if (summary === null) return;
      window.digest = { ...digest, summary, by: "model" };
      await this.keepDigest(stored, messages);
    } catch (error) {
      log.warn({ event: "context.not_saved", threadId: stored.threadId, err: error });
    }
  }

  private async keepDigest(
    { context, threadId, doors }: Omit<RunContextParts, "thread">,
    messages: readonly ModelMessage[],
    meter?: TokenUpdate,
  ): Promise<void> {
    const { digest } = this.window;
    const told = this.window.tell(messages);
    const kept = digest && { ...digest, ...(told !== null && { told }) };
    await saveThreadContext(context, threadId, { digest: kept, ...(meter && { meter }) }, doors);
  }

  private read(model: ChatModel, prompt: WindowPrompt, usage: CallUsage | null): TokenUpdate {
    this.last = tokenUpdate({ model, prompt, usage, costUsd: this.costUsd, thread: this.thread });
    return this.last;
  }
}

const SHOWN_CHARS_MAX = 12_000;

/** The event for the page, or null while nothing was condensed. */
export function contextCompacted(
  { messages, throughMessageId }: TokenUpdate["compacted"],
  { by }: Digest,
  text: string,
): ContextCompacted | null {
  if (throughMessageId === null) return null;
  return { messages, throughMessageId, by, text: text.slice(0, SHOWN_CHARS_MAX) };
}
