import { type AGUIEvent, EventType } from "@ag-ui/client";

export type ShownKind = "text" | "reasoning";

/**
 * A text of one step as people see it, and as the attempt that is running writes it. After a failed attempt the two differ: what was
 * shown stays until the new attempt says something else, so that a repetition word for word is not seen at all.
 */
export class ShownText {
  /** What is on the screen under this id. */
  shown = "";
  /** What the running attempt has written; null until it writes. */
  written: string | null = null;
  private open = false;

  constructor(
    readonly kind: ShownKind,
    readonly id: string,
  ) {}

  /** True when what is shown is not what the attempt wrote, and no further word can make it so. */
  get differs(): boolean {
    return this.written !== null && !this.written.startsWith(this.shown) && !this.shown.startsWith(this.written);
  }

  /** True when the attempt is over and what is shown is not what it wrote. */
  get stale(): boolean {
    return this.shown !== (this.written ?? "");
  }

  write(delta: string): void {
    this.written = (this.written ?? "") + delta;
  }

  /** The events that bring the screen up to what was written, when that goes on from what is shown. */
  catchUp(): AGUIEvent[] {
    const { id: messageId, written, shown } = this;
    if (written === null || written.length <= shown.length || !written.startsWith(shown)) return [];
    const delta = written.slice(shown.length);
    this.shown = written;
    const events = this.start();
    if (this.kind === "text") events.push({ type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta });
    else events.push({ type: EventType.REASONING_MESSAGE_CONTENT, messageId, delta });
    return events;
  }

  close(): AGUIEvent[] {
    if (!this.open) return [];
    this.open = false;
    const { id: messageId } = this;
    if (this.kind === "text") return [{ type: EventType.TEXT_MESSAGE_END, messageId }];
    return [
      { type: EventType.REASONING_MESSAGE_END, messageId },
      { type: EventType.REASONING_END, messageId },
    ];
  }

  private start(): AGUIEvent[] {
    if (this.open) return [];
    this.open = true;
    const { id: messageId } = this;
    if (this.kind === "text") return [{ type: EventType.TEXT_MESSAGE_START, messageId, role: "assistant" }];
    return [
      { type: EventType.REASONING_START, messageId },
      { type: EventType.REASONING_MESSAGE_START, messageId, role: "reasoning" },
    ];
  }
}
