import type { Clock } from "./clock";
import type { RunnerLimits } from "./limits";
import type { HeldRun, RunStore } from "./store";

export interface HeartbeatListener {
  /** A run of this node that somebody asked to stop. */
  stop(runId: string): void;
  /** The database says this node executes the run, and has said so twice; it may be one that never began. */
  held(run: HeldRun): void;
  /** This node executes the run, and the database has said twice that it is not its owner. */
  lost(runId: string): void;
  /** A run whose owner is dead. */
  orphan(run: HeldRun): void;
  /** The runs that this node executes, and those whose admission is stored any moment. */
  known(): Iterable<string>;
  /** Those that it executes: each was stored as this node's before it began. */
  executing(): Iterable<string>;
  failed(error: unknown): void;
}

/**
 * The node's lease and what it learns while renewing it. One row is renewed for all its runs. A node whose own heartbeat had a gap (the
 * database restarted, the process was suspended) first beats steadily for a whole lease before it calls others dead: after a restart of
 * the database everybody's lease has run out, and everybody is alive.
 */
export class NodeHeartbeat {
  private steadySince = Number.POSITIVE_INFINITY;
  private renewedAt = Number.NEGATIVE_INFINITY;
  private beating: Promise<void> | undefined;
  private cancel: (() => void) | undefined;
  private closed = false;
  private unknown = new Set<string>();
  private missing = new Set<string>();

  constructor(
    private readonly nodeId: string,
    private readonly store: Pick<RunStore, "heartbeat">,
    private readonly clock: Clock,
    private readonly limits: Pick<RunnerLimits, "leaseMs" | "heartbeatMs">,
    private readonly listener: HeartbeatListener,
  ) {}

  /**
   * Resolves while the node surely holds its lease: a run that began without one would be taken for an orphan at once. Rejects when
   * the database cannot be reached, and keeps trying all the same.
   */
  async start(): Promise<void> {
    if (!this.cancel) this.schedule();
    if (this.clock.now() - this.renewedAt > this.limits.leaseMs / 2) await this.beat(true);
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  private schedule(): void {
    if (this.closed) return;
    this.cancel = this.clock.after(this.limits.heartbeatMs, () => {
      this.schedule();
      void this.beat(false);
    });
  }

  private beat(strict: boolean): Promise<void> {
    this.beating ??= this.renew().finally(() => {
      this.beating = undefined;
    });
    return strict ? this.beating : this.beating.catch(this.listener.failed);
  }

  private async renew(): Promise<void> {
    const beganAt = this.clock.now();
    const before = { known: new Set(this.listener.known()), executing: [...this.listener.executing()] };
    const { mine, orphans } = await this.store.heartbeat(this.nodeId, this.limits.leaseMs);
    if (this.closed) return;
    if (beganAt - this.renewedAt > this.limits.leaseMs) this.steadySince = beganAt;
    this.renewedAt = beganAt;
    this.compare(mine, before);
    if (beganAt - this.steadySince < this.limits.leaseMs) return;
    for (const run of orphans) this.listener.orphan(run);
  }

  /** Two heartbeats must agree: between one statement and the next a run may rightly begin or end. */
  private compare(mine: HeldRun[], { known, executing }: { known: Set<string>; executing: string[] }): void {
    const unknown = new Set<string>();
    for (const run of mine) {
      if (run.stopRequested) this.listener.stop(run.runId);
      if (known.has(run.runId)) continue;
      if (this.unknown.has(run.runId)) this.listener.held(run);
      unknown.add(run.runId);
    }
    const held = new Set(mine.map((run) => run.runId));
    const missing = new Set(executing.filter((runId) => !held.has(runId)));
    for (const runId of missing) if (this.missing.has(runId)) this.listener.lost(runId);
    this.unknown = unknown;
    this.missing = missing;
  }
}
