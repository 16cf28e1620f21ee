import type { AbstractAgent } from "@ag-ui/client";
import type { AGUIEvent, RunAgentInput } from "@ag-ui/core";
import { newId } from "@/db/ids";
import type { TenantContext } from "@/db/with-tenant";
import { AppError, unavailable } from "@/lib/failures/app-error";
import type { Clock } from "./clock";
import { FramePulse } from "./delta-frames";
import type { RunnerLimits } from "./limits";
import { type DescribeError, LiveRun } from "./live-run";
import type { LogTailer } from "./log-tailer";
import { LogWriter } from "./log-writer";
import { READERS_SENT_AWAY, type RunFeed } from "./run-feed";
import { RunFold } from "./run-fold";
import type { Admission, ClaimedRun, HeldRun, LogEntry, RunRef, RunStore } from "./store";

export interface OrphanRun extends RunRef {
  /** What the run began with, the thread's history included. */
  input: RunAgentInput;
}

export interface ReserveRequest {
  agent: string;
  input: RunAgentInput;
  caller: TenantContext;
  /** Waited for before anything is stored; what it throws is thrown. */
  permitted?: Promise<void> | undefined;
}

/** A thread that is taken for a run. */
export interface Reservation {
  admission: Admission;
  /** Rejects when it could not be stored; then there is nothing to begin and nothing to release. */
  stored: Promise<void>;
}

export type ResumeOrphan = (orphan: OrphanRun, resume: (agent: AbstractAgent) => void) => Promise<void>;

export interface ExecutorParts {
  nodeId: string;
  store: RunStore;
  tailer: LogTailer;
  clock: Clock;
  limits: RunnerLimits;
  log: (message: string, detail: Record<string, unknown>) => void;
  describeError: DescribeError;
  resumeOrphan: ResumeOrphan | undefined;
}

/** The runs of this process, from their admission, or their takeover from a dead process, to their end. */
export class RunExecutor {
  private readonly live = new Map<string, LiveRun>();
  /** Admitted, and not begun yet. */
  private readonly reserved = new Set<string>();
  private readonly claiming = new Set<string>();
  private readonly writer: LogWriter;
  private readonly pulse: FramePulse;
  private closing = false;

  constructor(private readonly parts: ExecutorParts) {
    this.writer = new LogWriter(parts.store, parts.clock, parts.limits);
    this.pulse = new FramePulse(parts.clock, parts.limits);
  }

  get size(): number {
    return this.live.size;
  }

  /** The runs that it executes: the database knows each as this node's. */
  executing(): string[] {
    return [...this.live.keys()];
  }

  /** Also those whose admission is under way, which the database may know already. */
  known(): string[] {
    return [...this.live.keys(), ...this.reserved];
  }

  /** Takes the thread for a run. Throws what `RunStore.admit` throws, and AppError unavailable when the process is going down. */
  async reserve({ agent, input, caller, permitted }: ReserveRequest): Promise<Reservation> {
    if (this.closing) throw unavailable("The server is restarting. Please try again.", { retryAfterMs: 2_000 });
    const { store, clock, nodeId } = this.parts;
    const runId = newId("run", clock.now());
    this.reserved.add(runId);
    const decided = Promise.withResolvers<Admission>();
    const request = { caller, nodeId, runId, agent, input, nowMs: clock.now(), permitted, onDecided: decided.resolve };
    const storing = store.admit(request).catch(async (error) => {
      // An AppError is an answer; after anything else the run may be there all the same.
      if (error instanceof AppError) this.reserved.delete(runId);
      else await this.release({ tenantId: caller.tenantId, threadId: input.threadId, runId });
      throw error;
    });
    storing.then(decided.resolve, decided.reject);
    const admission = await decided.promise;
    const stored = storing.then(() => {});
    // Whoever begins the run or gives it back hears it.
    stored.catch(() => {});
    return { admission, stored };
  }

  /** Gives back a thread whose run never began. */
  async giveBack({ admission, stored }: Reservation): Promise<void> {
    await stored.then(
      () => this.release(admission.run),
      () => {},
    );
  }

  private async release(run: Pick<RunRef, "tenantId" | "threadId" | "runId">): Promise<void> {
    try {
      await this.parts.store.release(run);
    } catch (error) {
      // The heartbeat will find it held and not executed, and end it.
      this.parts.log("could not release a run", { runId: run.runId, error: String(error) });
    } finally {
      this.reserved.delete(run.runId);
    }
  }

  /** Begins an admitted run that is stored, now. Its feed has everything from the first event. */
  execute({ run, input, started, position }: Admission, agent: AbstractAgent): RunFeed {
    const live = this.open(run, position, new RunFold(input.messages, stateOf(input)), [started]);
    this.reserved.delete(run.runId);
    startAgent(live, agent, input);
    return live.feed;
  }

  stop(runId: string): void {
    this.live.get(runId)?.stop();
  }

  /** Another process has the run: it is neither written nor heard any more. */
  lose(runId: string): void {
    this.parts.log("a run was taken over by another process", { runId });
    this.live.get(runId)?.abandon();
  }

  /** Ends, or lets resume, a run that nobody executes. */
  async takeOver(held: HeldRun): Promise<void> {
    const { runId } = held;
    const known = this.live.has(runId) || this.reserved.has(runId) || this.claiming.has(runId);
    if (this.closing || known) return;
    this.claiming.add(runId);
    try {
      const claimed = await this.parts.store.claim(held, this.parts.nodeId);
      if (claimed) await this.adopt(claimed);
    } catch (error) {
      // It stays an orphan, or held without an executor: the next heartbeat tries again.
      this.parts.log("could not take over a run", { runId, error: String(error) });
      this.live.get(runId)?.interrupt();
    } finally {
      this.claiming.delete(runId);
    }
  }

  /** Ends every run as interrupted, or leaves it to others where its agent can resume, and waits for the last appends. */
  async shutDown(withinMs: number): Promise<void> {
    const { clock, resumeOrphan } = this.parts;
    this.closing = true;
    for (const run of [...this.live.values()]) {
      if (run.resumable && resumeOrphan) run.abandon();
      else run.interrupt();
    }
    const deadline = clock.now() + withinMs;
    while ((this.live.size > 0 || this.writer.busy) && clock.now() < deadline) {
      await new Promise<void>((resolve) => void clock.after(10, resolve));
    }
  }

  private async adopt(claimed: ClaimedRun): Promise<void> {
    const { run, events, history, position } = claimed;
    this.parts.log("taking over a run", { runId: run.runId, events: events.length });
    const input = inputOf(claimed);
    const fold = new RunFold(history, stateOf(input));
    for (const { json } of events) fold.apply(JSON.parse(json) as AGUIEvent);
    const live = this.open(run, position, fold, events);
    if (claimed.stopRequested) {
      live.stop();
      return;
    }
    let resumed = false;
    await this.parts.resumeOrphan?.({ ...run, input }, (agent) => {
      resumed = true;
      live.closeOpenParts();
      startAgent(live, agent, input);
    });
    if (!resumed) live.interrupt();
  }

  private open(run: RunRef, position: number, fold: RunFold, known: LogEntry[]): LiveRun {
    const { tailer, clock, limits, log, describeError } = this.parts;
    const feed = tailer.openLocal(run.tenantId, run.runId);
    feed.push(known);
    const live = new LiveRun({
      run,
      lastSeq: known.at(-1)?.seq ?? 0,
      position,
      fold,
      feed,
      writer: this.writer,
      pulse: this.pulse,
      clock,
      limits,
      describeError,
      onError: (error) => log("a run failed", { runId: run.runId, agent: run.agent, error: String(error) }),
      onStalled: () => {
        log(READERS_SENT_AWAY, { runId: run.runId });
        feed.dismiss();
      },
      onClosed: (how) => {
        this.live.delete(run.runId);
        if (how === "ended") tailer.release(feed);
        else tailer.handOver(feed);
      },
    });
    this.live.set(run.runId, live);
    return live;
  }
}

function startAgent(live: LiveRun, agent: AbstractAgent, input: RunAgentInput): void {
  // By reference: the fold never changes a message of the history in place.
  agent.messages = input.messages;
  live.start(agent, input);
}

/** What the run began with, from its RUN_STARTED, with the history that is stored now. */
function inputOf({ run, events, history }: ClaimedRun): RunAgentInput {
  const { input } = JSON.parse(events[0]?.json ?? "{}") as { input?: Partial<RunAgentInput> };
  const { threadId, clientRunId: runId } = run;
  const empty = { tools: [], context: [], state: undefined, forwardedProps: undefined };
  return { ...empty, ...input, threadId, runId, messages: history };
}

/** An empty state is the client's way of saying that there is none. */
function stateOf({ state }: RunAgentInput): unknown {
  return state !== null && typeof state === "object" && Object.keys(state).length > 0 ? state : undefined;
}
