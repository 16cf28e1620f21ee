import type { Clock } from "./clock";
import type { RunnerLimits } from "./limits";
import type { Append, LogEntry, RunEnd, RunRef, RunStore } from "./store";

/** Told by the writer what became of what a run appended; always in order, never before it is in the database. */
export interface LogListener {
  stored(entries: LogEntry[]): void;
  /** The end is stored with its last event; nothing follows. */
  ended(end: RunEnd): void;
  stopRequested(): void;
  /** Another process owns the run now: nothing more of it is written here. */
  lost(): void;
  /** The database has not taken anything for a while. Told once, until it does again. */
  stalled(): void;
  /** More waits for the database than may. */
  overflowed(): void;
  /** The database does not take what was appended. It is dropped; what is appended from now on follows what was stored. */
  refused(error: unknown): void;
}

/** The log of one run as its executor writes it. */
export interface RunLog {
  /** Adds an event. Urgent ones go with the next statement, others may wait a few milliseconds for company. */
  append(json: string, urgent: boolean): void;
  /** The last word: stored in one transaction with every event that still waits. */
  end(end: RunEnd): void;
}

interface OpenLog {
  run: RunRef;
  listener: LogListener;
  seq: number;
  waiting: LogEntry[];
  waitingBytes: number;
  end: RunEnd | undefined;
  done: boolean;
}

interface Lane {
  tenantId: string;
  logs: Set<OpenLog>;
  writing: boolean;
  retryMs: number;
  cancelTimer: (() => void) | undefined;
  /** The timer is for the end of this turn. */
  urgent: boolean;
  /** Runs from the first statement that failed. A slow one is no reason to send anybody away. */
  cancelStall: (() => void) | undefined;
}

const ROWS_MAX = 2_000;
const RETRY_MS = 50;
const RETRY_MS_MAX = 1_000;

/**
 * The one writer of a process: what all runs of a tenant appended since the last statement goes with the next one, so that the number
 * of transactions does not grow with the number of runs. While a statement is under way the next batch gathers. When the database is
 * away the events wait here, in order, and the append is repeated until it is known to be stored.
 */
export class LogWriter {
  private readonly lanes = new Map<string, Lane>();
  private pendingBytes = 0;
  private writingLanes = 0;
  private readonly ready: Lane[] = [];

  constructor(
    private readonly store: Pick<RunStore, "append">,
    private readonly clock: Clock,
    private readonly limits: RunnerLimits,
    /** So many statements at a time, whatever the number of tenants: the rest of the pool is for requests. */
    private readonly lanesMax = 4,
  ) {}

  /** `lastSeq` is the number of the newest entry already in the log. */
  open(run: RunRef, lastSeq: number, listener: LogListener): RunLog {
    const lane = this.laneOf(run.tenantId);
    const log: OpenLog = { run, listener, seq: lastSeq, waiting: [], waitingBytes: 0, end: undefined, done: false };
    return {
      append: (json, urgent) => {
        if (log.done || log.end) return;
        log.waiting.push({ seq: ++log.seq, json });
        log.waitingBytes += json.length;
        this.pendingBytes += json.length;
        lane.logs.add(log);
        this.schedule(lane, urgent);
        if (log.waitingBytes > this.limits.pendingBytesMax || this.pendingBytes > this.limits.pendingBytesNodeMax) {
          listener.overflowed();
        }
      },
      end: (end) => {
        if (log.done || log.end) return;
        log.end = end;
        lane.logs.add(log);
        this.schedule(lane, true);
      },
    };
  }

  /** True while something appended is not in the database yet. */
  get busy(): boolean {
    return this.pendingBytes > 0 || this.writingLanes > 0;
  }

  private laneOf(tenantId: string): Lane {
    let lane = this.lanes.get(tenantId);
    if (!lane) {
      lane = {
        tenantId,
        logs: new Set(),
        writing: false,
        retryMs: 0,
        cancelTimer: undefined,
        urgent: false,
        cancelStall: undefined,
      };
      this.lanes.set(tenantId, lane);
    }
    return lane;
  }

  private schedule(lane: Lane, urgent: boolean): void {
    if (lane.writing || lane.retryMs > 0) return;
    if (urgent) {
      if (lane.urgent) return;
      // At the end of this turn: what an agent begins with, a message and its first token, comes one after the other within it.
      lane.urgent = true;
      lane.cancelTimer?.();
      lane.cancelTimer = this.clock.after(0, () => {
        lane.cancelTimer = undefined;
        lane.urgent = false;
        this.write(lane);
      });
    } else {
      lane.cancelTimer ??= this.clock.after(this.limits.lingerMs, () => {
        lane.cancelTimer = undefined;
        this.write(lane);
      });
    }
  }

  private async write(lane: Lane): Promise<void> {
    if (lane.writing || lane.logs.size === 0) return;
    if (this.writingLanes >= this.lanesMax) {
      if (!this.ready.includes(lane)) this.ready.push(lane);
      return;
    }
    lane.writing = true;
    this.writingLanes++;
    try {
      await this.writeBatch(lane, takeBatch(lane));
    } finally {
      lane.writing = false;
      this.writingLanes--;
      this.continueWith(lane);
    }
  }

  private continueWith(lane: Lane): void {
    const next = this.ready.shift();
    if (next) queueMicrotask(() => this.write(next));
    if (lane.logs.size === 0) return;
    if (lane.retryMs === 0) {
      // Somebody urgent may be among those that gathered; they waited for a statement already.
      queueMicrotask(() => this.write(lane));
      return;
    }
    this.clock.after(lane.retryMs, () => this.write(lane));
  }

  private async writeBatch(lane: Lane, batch: TakenLog[]): Promise<void> {
    try {
      const results = await this.store.append(lane.tenantId, batch.map(toAppend));
      lane.retryMs = 0;
      this.settleStall(lane);
      batch.forEach((taken, i) => {
        const result = results[i];
        if (result) this.settle(lane, taken, result.outcome, result.stopRequested);
      });
    } catch (error) {
      if (isTransient(error)) {
        lane.retryMs = Math.min(Math.max(lane.retryMs * 2, RETRY_MS), RETRY_MS_MAX);
        lane.cancelStall ??= this.clock.after(this.limits.stalledMs, () => {
          for (const log of [...lane.logs]) log.listener.stalled();
        });
        return;
      }
      this.settleStall(lane);
      if (batch.length > 1) {
        // One run's event is refused: the others must not suffer for it.
        for (const taken of batch) await this.writeBatch(lane, [taken]);
      } else if (batch[0]) {
        this.refuse(lane, batch[0], error);
      }
    }
  }

  /** The database answers, whatever it says. */
  private settleStall(lane: Lane): void {
    lane.cancelStall?.();
    lane.cancelStall = undefined;
  }

  private settle(
    lane: Lane,
    { log, entries, end }: TakenLog,
    outcome: "stored" | "lost",
    stopRequested: boolean,
  ): void {
    if (outcome === "lost") {
      this.close(lane, log);
      log.listener.lost();
      return;
    }
    this.forget(log, entries);
    if (entries.length > 0) log.listener.stored(entries);
    if (end) {
      this.close(lane, log);
      log.listener.ended(end);
    } else if (stopRequested) {
      log.listener.stopRequested();
    }
    if (log.waiting.length === 0 && !log.end) lane.logs.delete(log);
  }

  /** The database will not have these entries. Their numbers are free again, so that the run can still be ended properly. */
  private refuse(lane: Lane, { log, entries, end }: TakenLog, error: unknown): void {
    const refused = log.waiting.splice(0);
    log.waitingBytes = 0;
    for (const entry of refused) this.pendingBytes -= entry.json.length;
    log.seq = (entries[0]?.seq ?? log.seq + 1) - 1;
    lane.logs.delete(log);
    if (end) {
      // Even its end is refused: it is left to the sweeper, as if this process had died.
      this.close(lane, log);
    }
    log.listener.refused(error);
  }

  private forget(log: OpenLog, entries: LogEntry[]): void {
    log.waiting.splice(0, entries.length);
    for (const entry of entries) {
      log.waitingBytes -= entry.json.length;
      this.pendingBytes -= entry.json.length;
    }
  }

  private close(lane: Lane, log: OpenLog): void {
    this.forget(log, [...log.waiting]);
    log.done = true;
    lane.logs.delete(log);
  }
}

interface TakenLog {
  log: OpenLog;
  entries: LogEntry[];
  end: RunEnd | undefined;
}

/** The oldest waiting entries of every log, an end only together with its last event. */
function takeBatch(lane: Lane): TakenLog[] {
  const batch: TakenLog[] = [];
  let rows = 0;
  for (const log of lane.logs) {
    const entries = log.waiting.slice(0, ROWS_MAX - rows);
    rows += entries.length;
    const complete = entries.length === log.waiting.length;
    if (entries.length > 0 || (complete && log.end)) batch.push({ log, entries, end: complete ? log.end : undefined });
    if (rows >= ROWS_MAX) break;
  }
  return batch;
}

function toAppend({ log, entries, end }: TakenLog): Append {
  return end ? { run: log.run, entries, end } : { run: log.run, entries };
}

/**
 * Whether asking again may help. Postgres says with its SQLSTATE class: 08 connection, 40 deadlock or serialization, 53 resources,
 * 55 lock, 57 shutdown or cancel; 26000, 42P05 and 0A000 are of a prepared statement, and the next time none is used (run-prepared.ts).
 * An error without one is of the connection (a socket, the pool's time-out).
 */
export function isTransient(error: unknown): boolean {
  const code = sqlState(error);
  return code === undefined || /^(08|40|53|55|57|58|26000|42P05|0A000)/.test(code);
}

function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}
