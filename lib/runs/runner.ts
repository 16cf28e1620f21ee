/**
 * Durable agent runs on one Postgres: an AgentRunner for CopilotKit that keeps every run's events in a log while it runs.
 *
 * - A run is detached from the request that began it. Closing the tab, losing the network or reloading leaves it running.
 * - Any process can serve it: `connect` sends the thread as one snapshot, then the running run from its first event to its last,
 *   from memory when it is executed here and from the log otherwise. What a reader saw is in the database: events are delivered
 *   after their append committed.
 * - One run a thread: a partial unique index is the lock. One writer a run: a fencing token, checked in the statement that appends.
 *   A process holds one lease over all its runs; when it dies others notice within five seconds and end its runs as "interrupted",
 *   or let the agent resume (`resumeOrphan`).
 * - `stop` works from any process and before the first event. It aborts the agent and ends the run without looking like a failure.
 * - History is the server's: a client can add a user message or the result of an open tool call, and rewrite nothing.
 *
 * The parts, in the order in which an event meets them: admission.ts (may it run, with what) → run-executor.ts (the runs of this process) → live-run.ts (one of them)
 * with delta-frames.ts (tokens to frames) and run-fold.ts (events to messages) → log-writer.ts (one statement for many runs) →
 * postgres/ (the statements) → run-feed.ts (readers, each at its own pace) → thread-replay.ts and event-stream.ts (what is
 * sent). Beside them: signals.ts (LISTEN/NOTIFY), log-tailer.ts (runs of other processes), heartbeat.ts (leases, orphans, stops).
 *
 * To serve it with CopilotKit's handler, wrap that and admit in its hook:
 *
 *     const runner = createPostgresRunner({ doors, directUrl, identity });
 *     await runner.start();
 *     new CopilotRuntime({ agents, runner });
 *     hooks.onBeforeHandler: run → `await runner.admit({ agentId, body })`; connect → `await runner.openThread({ threadId })`;
 *       stop → `await runner.authorize({ threadId, … })`
 *     POST = (request) => runner.serve(() => handler(request));
 *
 * Or send the streams yourself, which costs a fraction of it where Node's own response is at hand:
 *
 *     const frames = await runner.stream(async () => {
 *       const { input } = await runner.admit({ agentId, body });
 *       runner.run({ threadId: input.threadId, agent, input });
 *     });
 *     response.writeHead(200, { "content-type": "text/event-stream" });
 *     await writeServerSentEvents(response, frames, keepAliveMs);
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { type AGUIEvent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/core";
import { AgentRunner } from "@copilotkit/runtime/v2";
import { EMPTY, type Observable } from "rxjs";
import type { Doors, TenantContext } from "@/db/with-tenant";
import { AppError, notFound } from "@/lib/failures/app-error";
import { isPlainId, parseRunInput } from "./admission";
import { type Clock, systemClock } from "./clock";
import { type Frames, toObservable } from "./event-stream";
import { Exchanges } from "./exchange";
import { NodeHeartbeat } from "./heartbeat";
import { defaultLimits, type RunnerLimits } from "./limits";
import type { DescribeError } from "./live-run";
import { LogTailer } from "./log-tailer";
import { createPostgresStore } from "./postgres/store";
import { type Reservation, type ReserveRequest, type ResumeOrphan, RunExecutor } from "./run-executor";
import { createPostgresSignals, type Signal, type Signals, type ThreadChanged } from "./signals";
import type { RunStore } from "./store";
import { followRun, replayThread } from "./thread-replay";

export interface RunnerOptions {
  doors: Doors;
  /** A connection for LISTEN: not through a pooler in transaction mode. */
  directUrl: string;
  /** Who is asking, in the request at hand; used by run, connect, stop and isRunning, which CopilotKit calls without saying. */
  identity: () => TenantContext;
  nodeId?: string;
  clock?: Clock;
  log?: (message: string, detail: Record<string, unknown>) => void;
  limits?: Partial<RunnerLimits>;
  /** Words and code for the person when an agent fails. The default shows an AppError, or an agent's RUN_ERROR that has a code. */
  describeError?: DescribeError;
  /**
   * Called for a run whose process died. An agent that can go on from its own checkpoint is handed to `resume`, in whatever async
   * context it needs, and the run continues; otherwise the run is ended as interrupted. An agent with a true `resumable` property
   * is left to this at a shutdown.
   */
  resumeOrphan?: ResumeOrphan;
  /** CUSTOM events for whoever opens an idle thread: what is kept of it beside its messages. */
  announce?: (reader: TenantContext, threadId: string) => Promise<AGUIEvent[]>;
}

export interface AdmitCall {
  agentId: string;
  body: unknown;
  identity?: TenantContext;
  /** What else must hold for the run to begin, being found out: nothing is stored before it resolves, and what it throws is thrown. */
  permitted?: Promise<void>;
}

export interface Admitted {
  /** With only the messages that are new, for a smaller request to the handler; the runner has the rest. */
  input: RunAgentInput;
  /** Resolves when the run is in the database. It is waited for before the agent is called or anything is answered. */
  stored: Promise<void>;
}

type RunRequest = Parameters<AgentRunner["run"]>[0];

export interface ThreadListener {
  changed(changed: ThreadChanged): void;
  /** Changes may have gone unheard, because the connection they come over was broken for a while. */
  missed(): void;
  /** The process shuts down; nothing will be heard any more. */
  closed(): void;
}

const PRUNE_EVERY_MS = 10 * 60_000;

export function createPostgresRunner(options: RunnerOptions): PostgresAgentRunner {
  const store = createPostgresStore(options.doors);
  return new PostgresAgentRunner(options, store, createPostgresSignals(options.directUrl, options.clock));
}

export class PostgresAgentRunner extends AgentRunner {
  readonly nodeId: string;
  private readonly clock: Clock;
  private readonly limits: RunnerLimits;
  private readonly log: NonNullable<RunnerOptions["log"]>;
  private readonly exchanges: Exchanges;
  private readonly threadListeners = new Set<ThreadListener>();
  private readonly tailer: LogTailer;
  private readonly executor: RunExecutor;
  private readonly heartbeat: NodeHeartbeat;
  private listening: Promise<void> | undefined;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly options: Omit<RunnerOptions, "doors" | "directUrl">,
    private readonly store: RunStore,
    private readonly signals: Signals,
  ) {
    super();
    const { nodeId = randomUUID(), clock = systemClock, log = () => {}, resumeOrphan } = options;
    const limits = { ...defaultLimits, ...options.limits };
    this.nodeId = nodeId;
    this.clock = clock;
    this.log = log;
    this.limits = limits;
    this.exchanges = new Exchanges(limits.keepAliveMs, (reservation) => this.executor.giveBack(reservation));
    const describeError: DescribeError = (error) => this.describe(error);
    this.tailer = new LogTailer(store, clock, limits, log);
    const { tailer } = this;
    this.executor = new RunExecutor({ nodeId, store, tailer, clock, limits, log, describeError, resumeOrphan });
    this.heartbeat = new NodeHeartbeat(nodeId, store, clock, limits, {
      known: () => this.executor.known(),
      executing: () => this.executor.executing(),
      stop: (runId) => this.executor.stop(runId),
      lost: (runId) => this.executor.lose(runId),
      held: (run) => void this.executor.takeOver(run),
      orphan: (run) => void this.executor.takeOver(run),
      failed: (error) => log("heartbeat failed", { error: String(error) }),
    });
  }

  /** Takes the node's lease and begins to listen; the first admission does it too. Rejects while the database is away. */
  async start(): Promise<void> {
    this.listening ??= this.listen();
    await this.listening;
    await this.heartbeat.start();
  }

  private async listen(): Promise<void> {
    this.schedulePruning();
    await this.signals.listen(
      (signal) => this.receive(signal),
      () => {
        this.tailer.look(null);
        for (const listener of this.threadListeners) listener.missed();
      },
    );
  }

  /**
   * Ends what this process executes (as interrupted; runs of resumable agents are left for others) and gives its lease back. Takes as
   * long as the last appends, at most `withinMs`.
   */
  close(withinMs = 3_000): Promise<void> {
    this.closed ??= this.shutDown(withinMs);
    return this.closed;
  }

  private async shutDown(withinMs: number): Promise<void> {
    for (const listener of this.threadListeners) listener.closed();
    await this.executor.shutDown(withinMs);
    this.heartbeat.close();
    await this.store
      .leave(this.nodeId)
      .catch((error) => this.log("could not give the lease back", { error: String(error) }));
    await this.signals.close();
    this.tailer.close();
  }

  /**
   * Handles one request to CopilotKit's handler: an admission made inside is given back if its run never began, and the events are
   * sent by the runner itself, at the reader's pace, instead of through CopilotKit's unbounded buffer.
   */
  serve(handle: () => Promise<Response>): Promise<Response> {
    return this.exchanges.serve(handle);
  }

  /**
   * The events of what `ask` begins with `run` or `connect`, for whoever sends them without CopilotKit's handler. An admission made
   * inside is given back if its run never began. Rejects with what `ask` throws, and when the run could not be stored.
   */
  stream(ask: () => Promise<unknown>): Promise<Frames> {
    return this.exchanges.stream(ask);
  }

  /**
   * Takes the thread for the run that this request asks for. Call it inside `serve`, before the handler, or inside `stream`. Resolves when
   * that is decided and on its way to the database, so that the handler works meanwhile.
   * Throws AppError: not_found, invalid_request, thread_busy, run_replayed, interrupt_open, interrupt_closed, interrupt_expired.
   */
  async admit({ agentId, body, identity, permitted }: AdmitCall): Promise<Admitted> {
    const exchange = this.exchanges.require();
    const caller = identity ?? this.options.identity();
    const reservation = await this.reserve({ agent: agentId, input: parseRunInput(body), caller, permitted });
    exchange.reservation = reservation;
    const { input } = JSON.parse(reservation.admission.started.json) as { input: RunAgentInput };
    return { input, stored: reservation.stored };
  }

  /**
   * Reads the caller's own thread for the `connect` of this request. Call it inside `serve`, before the handler, or inside `stream`. Throws
   * AppError not_found for every other thread. Returns its id.
   */
  async openThread({ threadId }: { threadId: unknown }): Promise<string> {
    const exchange = this.exchanges.require();
    if (!isPlainId(threadId)) throw notFound();
    const reader = this.options.identity();
    const announced = this.announce(reader, threadId);
    const snapshot = await this.store.snapshot(reader, threadId);
    if (snapshot?.userId !== reader.userId) throw notFound();
    exchange.opened = { threadId, snapshot, announced };
    return threadId;
  }

  /** Asked for together with the thread; whether it is wanted shows with that. */
  private announce(reader: TenantContext, threadId: string): Promise<AGUIEvent[]> {
    const announced = this.options.announce?.(reader, threadId) ?? Promise.resolve([]);
    announced.catch(() => {});
    return announced;
  }

  /** Throws AppError not_found unless the caller may see the thread ("read"), or owns it ("write", for stop). */
  async authorize(request: { threadId: unknown; access: "read" | "write"; identity?: TenantContext }): Promise<void> {
    const { threadId, access } = request;
    const caller = request.identity ?? this.options.identity();
    if (!isPlainId(threadId)) throw notFound();
    const owner = await this.store.threadOwner(caller, threadId);
    if (owner === null || (access === "write" && owner !== caller.userId)) throw notFound();
  }

  run(request: RunRequest): Observable<BaseEvent> {
    const exchange = this.exchanges.current;
    const reservation = exchange?.reservation;
    if (!exchange || reservation?.admission.run.threadId !== request.threadId) {
      return toObservable(this.admitAndRun(request));
    }
    // The agent is called later, and finds what is bound here.
    const inContext = AsyncLocalStorage.snapshot();
    exchange.begin = async () => {
      await reservation.stored;
      exchange.reservation = undefined;
      const feed = inContext(() => this.executor.execute(reservation.admission, request.agent));
      return followRun(this.reading, feed, 0);
    };
    return EMPTY;
  }

  connect(request: { threadId: string }): Observable<BaseEvent> {
    const reader = this.options.identity();
    const { threadId } = request;
    const exchange = this.exchanges.current;
    const opened = exchange?.opened?.threadId === threadId ? exchange.opened : undefined;
    const runner = this;
    const frames: Frames = async function* (signal) {
      const announced = opened?.announced ?? runner.announce(reader, threadId);
      const snapshot = opened?.snapshot ?? (await runner.store.snapshot(reader, threadId));
      if (snapshot) yield* replayThread(runner.reading, reader.tenantId, threadId, snapshot, () => announced)(signal);
    };
    if (!exchange) return toObservable(frames);
    exchange.begin = async () => frames;
    return EMPTY;
  }

  async isRunning(request: { threadId: string }): Promise<boolean> {
    return (await this.store.runningRun(this.options.identity(), request.threadId)) !== null;
  }

  /** Stops the caller's running run on the thread (only that of `runId`, when given). False when there is none. */
  async stop(request: { threadId: string; runId?: string }): Promise<boolean> {
    const runId = await this.store.requestStop(this.options.identity(), request.threadId, request.runId);
    if (runId === null) return false;
    this.executor.stop(runId);
    return true;
  }

  /** Calls back for every change of a thread that any process announces. Returns the way to stop listening. */
  onThreadChanged(listener: ThreadListener): () => void {
    this.threadListeners.add(listener);
    return () => this.threadListeners.delete(listener);
  }

  /** What is going on, for health checks and for tests that look for leaks. */
  get activity(): { executing: number; feeds: number } {
    return { executing: this.executor.size, feeds: this.tailer.size };
  }

  /** How many streams of this process follow a run. */
  get readers(): number {
    return this.tailer.readers;
  }

  private get reading() {
    const { store, tailer, clock, limits } = this;
    return { store, tailer, clock, limits };
  }

  private async reserve(request: ReserveRequest): Promise<Reservation> {
    await this.start();
    return this.executor.reserve(request);
  }

  /** A run that nobody admitted before: refused, it says so in its stream. */
  private admitAndRun({ threadId, agent, input }: RunRequest): Frames {
    const caller = this.options.identity();
    const runner = this;
    return async function* (signal) {
      let reservation: Reservation;
      try {
        reservation = await runner.reserve({ agent: agent.agentId ?? "default", input: parseRunInput(input), caller });
        await reservation.stored;
      } catch (error) {
        const ids = { threadId, runId: input.runId };
        const refused = { type: EventType.RUN_ERROR, ...ids, ...runner.describe(error) };
        yield [JSON.stringify({ type: EventType.RUN_STARTED, ...ids }), JSON.stringify(refused)];
        return;
      }
      yield* followRun(runner.reading, runner.executor.execute(reservation.admission, agent), 0)(signal);
    };
  }

  private describe(error: unknown): ReturnType<DescribeError> {
    return (this.options.describeError ?? describeByDefault)(error);
  }

  private receive(signal: Signal): void {
    switch (signal.kind) {
      case "events":
        this.tailer.look(signal.runIds);
        break;
      case "stop":
        this.executor.stop(signal.runId);
        break;
      case "thread":
        for (const listener of this.threadListeners) listener.changed(signal);
    }
  }

  private schedulePruning(): void {
    this.clock.after(PRUNE_EVERY_MS, () => {
      if (this.closed) return;
      this.schedulePruning();
      this.prune().catch((error) => this.log("could not prune the event log", { error: String(error) }));
    });
  }

  private async prune(): Promise<void> {
    while (!this.closed && (await this.store.prune(this.limits.keepEventsMs)) > 0);
  }
}

/** Shows what was written for people: an AppError, or an agent's RUN_ERROR with a code. Raw provider messages have none. */
function describeByDefault(error: unknown): { code: string; message: string } {
  const { type, code, message } = error as { type?: unknown; code?: unknown; message?: unknown };
  const forPeople = error instanceof AppError || type === EventType.RUN_ERROR;
  if (forPeople && typeof code === "string" && typeof message === "string") return { code, message };
  return { code: "internal", message: "Something went wrong while answering. Please try again." };
}
