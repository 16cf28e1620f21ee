import type { Clock } from "./clock";
import type { RunnerLimits } from "./limits";
import { isTransient } from "./log-writer";
import type { LogEntry, RunStore } from "./store";

/** Said in the log when the database has been away for too long to keep readers waiting. */
export const READERS_SENT_AWAY = "the database is away; the readers of a run were sent away";

/**
 * The committed events of one run as this process knows them: a short tail in memory, fed by the writer when the run is executed here
 * and by the tailer otherwise. Readers have a cursor and take what is new when they have room for it, so a slow one costs no memory:
 * it finds what it missed in the log.
 */
export class RunFeed {
  private tail: LogEntry[] = [];
  private waiting: (() => void)[] = [];
  ended = false;
  private closed = false;
  private dismissals = 0;
  readers = 0;

  constructor(
    readonly tenantId: string,
    readonly runId: string,
    /** The number of the newest event known to be in the log. */
    public head: number,
    /** True while the run is executed here; otherwise the tailer feeds. */
    public local: boolean,
    private readonly tailMax: number,
  ) {}

  /** Adds what was stored. Entries that are known already, from a repeated read, are skipped. */
  push(entries: LogEntry[]): void {
    for (const entry of entries) {
      if (entry.seq !== this.head + 1 || this.ended) continue;
      this.head = entry.seq;
      this.tail.push(entry);
      if (isTerminal(entry.json)) this.ended = true;
    }
    if (this.tail.length > this.tailMax * 2) this.tail = this.tail.slice(-this.tailMax);
    this.wake();
  }

  /** The entries after `seq`, or null when memory does not go back so far. */
  since(seq: number): LogEntry[] | null {
    if (seq >= this.head) return [];
    const first = this.tail[0]?.seq ?? this.head + 1;
    return seq + 1 < first ? null : this.tail.slice(seq + 1 - first);
  }

  /** Resolves at the next push, or when somebody leaves. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The process goes down, or the run is no more: readers leave, and rejoin to see what is. */
  close(): void {
    this.closed = true;
    this.wake();
  }

  /** Sends away whoever reads now, because nothing can be told for a while. Those who come later stay. */
  dismiss(): void {
    this.dismissals++;
    this.wake();
  }

  /** Says, whenever asked, whether those who read since now were sent away. */
  visit(): () => boolean {
    const { dismissals } = this;
    return () => this.dismissals > dismissals;
  }

  get open(): boolean {
    return !this.closed;
  }

  /** Lets whoever waits look again. */
  wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Our own JSON: `type` is its first key. */
export function isTerminal(json: string): boolean {
  return json.startsWith('{"type":"RUN_FINISHED"') || json.startsWith('{"type":"RUN_ERROR"');
}

/**
 * The events of a run after `after` until its last, in batches, as JSON. Whoever iterates sets the pace. What comes from the log has
 * neighbouring deltas of one message joined, so catching up is cheap. Returns early when `signal` aborts, the process goes down, or
 * nothing can be stored for a while.
 */
export async function* follow(
  { store, clock, limits }: FollowParts,
  feed: RunFeed,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<string[], void, undefined> {
  let cursor = after;
  feed.readers++;
  const dismissed = feed.visit();
  // One listener a stream and not one a wait: streams wait twenty times a second.
  const leave = () => feed.wake();
  signal.addEventListener("abort", leave);
  try {
    while (!signal.aborted && feed.open && !dismissed()) {
      const fresh = feed.since(cursor) ?? (await page(store, feed, cursor, limits.pageEvents));
      if (!fresh) {
        // The database is away; the reader need not know unless it lasts.
        await new Promise<void>((resolve) => clock.after(250, resolve));
        continue;
      }
      const last = fresh.at(-1);
      if (last) {
        cursor = last.seq;
        yield joinDeltas(fresh.map((entry) => entry.json));
        if (isTerminal(last.json)) return;
      } else if (feed.ended && cursor >= feed.head) {
        return;
      } else if (cursor < feed.head) {
        throw new Error(`the log of ${feed.runId} ends at ${cursor}, before its last event`);
      } else {
        await feed.changed();
      }
    }
  } finally {
    signal.removeEventListener("abort", leave);
    feed.readers--;
  }
}

interface FollowParts {
  store: Pick<RunStore, "read">;
  clock: Clock;
  limits: Pick<RunnerLimits, "pageEvents">;
}

async function page(
  store: Pick<RunStore, "read">,
  feed: RunFeed,
  after: number,
  limit: number,
): Promise<LogEntry[] | null> {
  try {
    return await store.read(feed.tenantId, [{ runId: feed.runId, after }], limit);
  } catch (error) {
    if (isTransient(error)) return null;
    throw error;
  }
}

const DELTA = /^\{"type":"(?:TEXT_MESSAGE_CONTENT|TOOL_CALL_ARGS|REASONING_MESSAGE_CONTENT)"/;

/** Neighbouring plain deltas of one message or call become one event; the order and the sum stay the same. */
export function joinDeltas(events: string[]): string[] {
  if (events.length < 2) return events;
  const joined: string[] = [];
  let open: { key: string; event: { delta: string } } | undefined;
  const close = () => {
    if (open) joined.push(JSON.stringify(open.event));
    open = undefined;
  };
  for (const json of events) {
    if (!DELTA.test(json)) {
      close();
      joined.push(json);
      continue;
    }
    const event = JSON.parse(json) as { delta: string };
    const { delta, ...rest } = event;
    const key = JSON.stringify(rest);
    if (open && open.key === key && !("metadata" in rest)) open.event.delta += delta;
    else {
      close();
      open = { key, event };
    }
  }
  close();
  return joined;
}
