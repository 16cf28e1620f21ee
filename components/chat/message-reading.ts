import type { AgentSubscriber, Message } from "@ag-ui/client";
import { CITATIONS_ACTIVITY, type CitationsActivity, citationsActivitySchema } from "@/contract/knowledge";
import { Store } from "./store";

/** What the rows of a conversation need to know of its other messages. */
export class MessageReading {
  /** The id of the message at the end of the conversation. */
  readonly lastId = new Store<string | undefined>(undefined);
  /** The message that is being written. */
  readonly streamingId = new Store<string | undefined>(undefined);
  /** By the message that cites. */
  readonly citations = new Store<ReadonlyMap<string, CitationsActivity>>(new Map());
  /** The messages since the last question. */
  readonly latestTurn = new Store<ReadonlySet<string>>(new Set());
  private countedMessages = -1;

  subscriber(): AgentSubscriber {
    return {
      onMessagesChanged: ({ messages, agent }) => {
        this.lastId.set(messages.at(-1)?.id);
        this.streamingId.set(agent.isRunning ? messages.at(-1)?.id : undefined);
        this.lookThrough(messages);
      },
    };
  }

  private lookThrough(messages: readonly Message[]): void {
    if (messages.length === this.countedMessages) return;
    this.countedMessages = messages.length;
    const question = messages.findLastIndex(({ role }) => role === "user");
    this.latestTurn.set(new Set(messages.slice(question + 1).map(({ id }) => id)));
    const found = new Map<string, CitationsActivity>();
    for (const message of messages) {
      if (message.role !== "activity" || message.activityType !== CITATIONS_ACTIVITY) continue;
      const parsed = citationsActivitySchema.safeParse(message.content);
      if (parsed.success)
        found.set(parsed.data.messageId, this.citations.get().get(parsed.data.messageId) ?? parsed.data);
    }
    this.citations.set(found);
  }
}
