import type { Clock } from "./clock";
import type { RunnerLimits } from "./limits";
import { READERS_SENT_AWAY, RunFeed } from "./run-feed";
import type { RunStore } from "./store";

/**
 * The feeds of this process. Those of runs that another process executes are read from the log: when it signals, and every second or
 * so in case a signal was lost. All that is new for a tenant comes with one query.
 */
export class LogTailer {
  private readonly feeds = new Map<string, RunFeed>();
  private readonly stale = new Map<string, Set<string>>();
  private readonly reading = new Set<string>();
  private cancelPoll: (() => void) | undefined;
  private closed = false;
  /** Since when no read has succeeded. */
  private failingSince: number | undefined;

  constructor(
    private readonly store: Pick<RunStore, "read" | "missing">,
    private readonly clock: Clock,
    private readonly limits: RunnerLimits,
    private readonly log: (message: string, detail: Record<string, unknown>) => void,
  ) {}

  /** The feed of a run that this process executes. It stays until the run has ended and nobody reads it. */
  openLocal(tenantId: string, runId: string): RunFeed {
    const known = this.feeds.get(runId);
    if (known) {
      known.local = true;
      return known;
    }
    const feed = new RunFeed(tenantId, runId, 0, true, this.limits.tailEventsMax);
    this.feeds.set(runId, feed);
    return feed;
  }

  /** The feed of any running run; `head` is how far its log is known to reach. */
  open(tenantId: string, runId: string, head: number): RunFeed {
    const known = this.feeds.get(runId);
    if (known) return known;
    const feed = new RunFeed(tenantId, runId, head, false, this.limits.tailEventsMax);
    if (this.closed) {
      feed.close();
      return feed;
    }
    this.feeds.set(runId, feed);
    this.poll();
    // What was appended since `head` was read did not signal to us.
    this.look([runId]);
    return feed;
  }

  /** Called when a reader left: a feed that nobody needs is dropped. */
  release(feed: RunFeed): void {
    if (feed.readers === 0 && (!feed.local || feed.ended)) this.feeds.delete(feed.runId);
  }

  /** The run is no longer executed here: readers go on from the log, where its new owner writes. */
  handOver(feed: RunFeed): void {
    feed.local = false;
    if (feed.readers === 0) this.feeds.delete(feed.runId);
    else this.poll();
    this.look([feed.runId]);
  }

  /** Something may be new in these runs (null: in any). */
  look(runIds: string[] | null): void {
    for (const runId of runIds ?? this.feeds.keys()) {
      const feed = this.feeds.get(runId);
      if (!feed || feed.local || feed.ended) continue;
      const stale = this.stale.get(feed.tenantId) ?? new Set();
      this.stale.set(feed.tenantId, stale.add(runId));
    }
    for (const tenantId of this.stale.keys()) void this.readTenant(tenantId);
  }

  get size(): number {
    return this.feeds.size;
  }

  get readers(): number {
    return [...this.feeds.values()].reduce((total, feed) => total + feed.readers, 0);
  }

  close(): void {
    this.closed = true;
    this.cancelPoll?.();
    this.cancelPoll = undefined;
    for (const feed of this.feeds.values()) feed.close();
    this.feeds.clear();
  }

  private poll(): void {
    this.cancelPoll ??= this.clock.after(this.limits.pollMs, () => {
      this.cancelPoll = undefined;
      this.look(null);
      if ([...this.feeds.values()].some((feed) => !feed.local && !feed.ended)) this.poll();
    });
  }

  private async readTenant(tenantId: string): Promise<void> {
    if (this.reading.has(tenantId)) return;
    this.reading.add(tenantId);
    try {
      for (let runIds = this.stale.get(tenantId); runIds && runIds.size > 0; runIds = this.stale.get(tenantId)) {
        this.stale.delete(tenantId);
        await this.readRuns(tenantId, [...runIds]);
      }
      this.failingSince = undefined;
    } catch (error) {
      // The next poll asks again.
      this.log("could not read the event log", { tenantId, error: String(error) });
      this.dismissIfStalled();
    } finally {
      this.reading.delete(tenantId);
    }
  }

  private dismissIfStalled(): void {
    const now = this.clock.now();
    this.failingSince ??= now;
    if (now - this.failingSince < this.limits.stalledMs) return;
    for (const feed of this.feeds.values()) {
      if (feed.local) continue;
      this.log(READERS_SENT_AWAY, { runId: feed.runId });
      feed.dismiss();
    }
  }

  /** A run that is gone will never end: its readers are sent away, to find what the thread is now. */
  private async dropMissing(tenantId: string, runIds: string[]): Promise<void> {
    for (const runId of await this.store.missing(tenantId, runIds)) this.feeds.get(runId)?.close();
  }

  private async readRuns(tenantId: string, runIds: string[]): Promise<void> {
    const feeds = runIds.flatMap((runId) => this.feeds.get(runId) ?? []);
    const cursors = feeds.map((feed) => ({ runId: feed.runId, after: feed.head }));
    if (cursors.length === 0) return;
    const entries = await this.store.read(tenantId, cursors, this.limits.pageEvents);
    const byRun = Map.groupBy(entries, (entry) => entry.runId);
    const quiet = runIds.filter((runId) => !byRun.has(runId));
    if (quiet.length > 0) await this.dropMissing(tenantId, quiet);
    for (const feed of feeds) {
      const fresh = byRun.get(feed.runId) ?? [];
      if (fresh.length > 0) feed.push(fresh);
      if (fresh.length === this.limits.pageEvents) {
        this.stale.set(tenantId, (this.stale.get(tenantId) ?? new Set()).add(feed.runId));
      }
    }
  }
}
