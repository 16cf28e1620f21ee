/**
 * The line before a model that takes no more requests just now. Whoever was refused waits in the order of asking; when the wait is
 * over they go one after another, so that the first refusal of the next round costs one request and not all of them.
 */

export interface Place {
  /** 1 is next. */
  position: number;
  /** Epoch milliseconds when the line is expected to move. */
  until: number;
}

interface Waiting {
  ticket: number;
  wake(): void;
}

const SPACING_MS = 150;

class Line {
  blockedUntil = 0;
  readonly waiting: Waiting[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  join(waiting: Waiting): void {
    const at = this.waiting.findIndex(({ ticket }) => ticket > waiting.ticket);
    this.waiting.splice(at === -1 ? this.waiting.length : at, 0, waiting);
    this.changed();
  }

  leave(waiting: Waiting): void {
    const at = this.waiting.indexOf(waiting);
    if (at !== -1) this.waiting.splice(at, 1);
    this.changed();
  }

  /** Everybody looks again at their place, now and when the line should move. */
  changed(): void {
    for (const { wake } of this.waiting) wake();
    clearTimeout(this.timer);
    if (this.waiting.length > 0) {
      this.timer = setTimeout(() => this.changed(), Math.max(1, this.blockedUntil - Date.now()));
    }
  }
}

export class RateQueues {
  private readonly lines = new Map<string, Line>();
  private tickets = 0;

  /** A place in the order of asking; kept over several refusals of the same request. */
  takeTicket(): number {
    return ++this.tickets;
  }

  /** Says that the model refused a request and named this time. */
  block(key: string, untilMs: number): void {
    const line = this.line(key);
    line.blockedUntil = Math.max(line.blockedUntil, untilMs);
    line.changed();
  }

  /** Milliseconds until the model may take requests again; 0 when nothing is known against it. */
  waitMs(key: string): number {
    return Math.max(0, (this.lines.get(key)?.blockedUntil ?? 0) - Date.now());
  }

  /** Yields the caller's place whenever it changes, and ends when it is its turn. Throws the signal's reason when it aborts. */
  async *enter(key: string, ticket: number, signal: AbortSignal): AsyncGenerator<Place> {
    signal.throwIfAborted();
    const line = this.line(key);
    if (line.waiting.length === 0 && Date.now() >= line.blockedUntil) return;
    let wake = () => {};
    const waiting: Waiting = { ticket, wake: () => wake() };
    const stop = () => wake();
    signal.addEventListener("abort", stop);
    line.join(waiting);
    try {
      let told = "";
      while (true) {
        signal.throwIfAborted();
        const position = line.waiting.indexOf(waiting) + 1;
        const { blockedUntil } = line;
        if (position === 1 && Date.now() >= blockedUntil) break;
        if (told !== `${position} ${blockedUntil}`) {
          told = `${position} ${blockedUntil}`;
          yield { position, until: blockedUntil + (position - 1) * SPACING_MS };
          // The line may have moved while the caller was busy with its place.
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      line.blockedUntil = Math.max(line.blockedUntil, Date.now() + SPACING_MS);
    } finally {
      signal.removeEventListener("abort", stop);
      line.leave(waiting);
    }
  }

  private line(key: string): Line {
    const line = this.lines.get(key) ?? new Line();
    this.lines.set(key, line);
    return line;
  }
}
