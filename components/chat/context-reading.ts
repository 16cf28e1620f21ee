import type { AgentSubscriber, Message } from "@ag-ui/client";
import {
  CONTEXT_COMPACTED_EVENT,
  type ContextCompacted,
  contextCompactedSchema,
  TOKEN_UPDATE_EVENT,
  type TokenUpdate,
  tokenUpdateSchema,
} from "@/contract/usage";
import { Store } from "./store";

export interface Compaction extends ContextCompacted {
  /** The first message that the model still reads as it is: the line stands before it. */
  beforeId: string;
}

/** How full the model's window is and what it no longer reads word for word, as the server last said for the thread on the screen. */
export class ContextReading {
  readonly meter = new Store<TokenUpdate | null>(null);
  readonly compaction = new Store<Compaction | null>(null);
  private compacted: ContextCompacted | null = null;

  /** Another conversation is shown, of which nothing is known yet. */
  clear(): void {
    this.meter.set(null);
    this.compacted = null;
    this.compaction.set(null);
  }

  subscriber(): AgentSubscriber {
    return {
      onCustomEvent: ({ event, messages }) => {
        if (event.name === TOKEN_UPDATE_EVENT) {
          const { data } = tokenUpdateSchema.safeParse(event.value);
          if (data) this.meter.set(data);
        }
        if (event.name === CONTEXT_COMPACTED_EVENT) {
          this.compacted = contextCompactedSchema.safeParse(event.value).data ?? this.compacted;
          this.place(messages);
        }
        return undefined;
      },
      onMessagesChanged: ({ messages }) => this.place(messages),
    };
  }

  /** Finds the place of the line; again with each change, because a restored thread comes after the news of it, or in parts. */
  private place(messages: readonly Message[]): void {
    const { compacted } = this;
    if (!compacted) return;
    const last = messages.findIndex(({ id }) => id === compacted.throughMessageId);
    const next = last < 0 ? undefined : messages.slice(last + 1).find(({ role }) => role === "user");
    const known = this.compaction.get();
    if (known?.beforeId === next?.id && known?.text === compacted.text) return;
    this.compaction.set(next ? { ...compacted, beforeId: next.id } : null);
  }
}
