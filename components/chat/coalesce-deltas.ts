import { type BaseEvent, EventType } from "@ag-ui/core";
import { Observable } from "rxjs";

/** Events that only append text to something named by an id; consecutive ones of the same id may be joined without loss. */
const appending: Partial<Record<EventType, string>> = {
  [EventType.TEXT_MESSAGE_CONTENT]: "messageId",
  [EventType.REASONING_MESSAGE_CONTENT]: "messageId",
  [EventType.TOOL_CALL_ARGS]: "toolCallId",
};

type DeltaEvent = BaseEvent & { delta: string } & Record<string, unknown>;

function appendsTo(held: DeltaEvent, event: BaseEvent): event is DeltaEvent {
  const id = appending[event.type];
  return id !== undefined && held.type === event.type && held[id] === (event as DeltaEvent)[id];
}

interface Frame {
  /** What passes while an answer is short. */
  minMs: number;
  maxMs: number;
  /** So many characters of one text lengthen its frames by a millisecond. */
  charsPerMs: number;
}

/**
 * Joins runs of text deltas into at most one event a frame; the first of a run passes at once, every other event passes in order.
 * Applying an event costs a copy of the whole conversation in the AG-UI client, and drawing it a look through the whole text: this
 * bounds the one by time instead of tokens, and lets frames grow with the other.
 */
export function coalesceDeltas({
  minMs,
  maxMs,
  charsPerMs,
}: Frame): (source: Observable<BaseEvent>) => Observable<BaseEvent> {
  return (source) =>
    new Observable((subscriber) => {
      let held: DeltaEvent | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let sentAt = Number.NEGATIVE_INFINITY;
      let text = { id: undefined as unknown, length: 0 };

      const flush = () => {
        clearTimeout(timer);
        timer = undefined;
        if (!held) return;
        const event = held;
        held = undefined;
        sentAt = performance.now();
        const id = event[appending[event.type] ?? ""];
        if (text.id !== id) text = { id, length: 0 };
        text.length += event.delta.length;
        subscriber.next(event);
      };
      const subscription = source.subscribe({
        next: (event) => {
          if (held && appendsTo(held, event)) {
            held = { ...held, delta: held.delta + event.delta };
            return;
          }
          flush();
          if (appending[event.type] === undefined) {
            subscriber.next(event);
            return;
          }
          held = event as DeltaEvent;
          const waitMs = sentAt + Math.min(maxMs, minMs + text.length / charsPerMs) - performance.now();
          if (waitMs <= 0) flush();
          else timer = setTimeout(flush, waitMs);
        },
        error: (error) => {
          flush();
          subscriber.error(error);
        },
        complete: () => {
          flush();
          subscriber.complete();
        },
      });
      return () => {
        clearTimeout(timer);
        subscription.unsubscribe();
      };
    });
}
