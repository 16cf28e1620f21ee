import { type BaseEvent, EventType } from "@ag-ui/core";

/** The events of one run that this process executes. Watchers come and go; each gets all of it, from the first event to the last. */
export class ThreadRun {
  private readonly events: BaseEvent[] = [];
  private readonly waiting = new Set<() => void>();
  private ended = false;

  add(event: BaseEvent): void {
    this.events.push(event);
    if (event.type === EventType.RUN_FINISHED || event.type === EventType.RUN_ERROR) this.ended = true;
    this.wakeAll();
  }

  /** The run stops here without a last word: the database went away, say. Whoever watches is told so by followThread. */
  breakOff(): void {
    this.ended = true;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** The state as the events so far amount to is up to the watcher. Ends early when `signal` aborts; the run does not care. */
  async *watch(signal: AbortSignal): AsyncGenerator<BaseEvent> {
    for (let cursor = 0; !signal.aborted; ) {
      const event = this.events[cursor];
      if (event) {
        cursor++;
        yield event;
      } else if (this.ended) return;
      else await this.changed(signal);
    }
  }

  private changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener("abort", done);
        this.waiting.delete(done);
        resolve();
      };
      signal.addEventListener("abort", done);
      this.waiting.add(done);
    });
  }
}
