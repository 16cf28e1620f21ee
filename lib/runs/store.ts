import type { Interrupt, Message, RunAgentInput } from "@ag-ui/core";
import type { TenantContext } from "@/db/with-tenant";

/**
 * What the runner needs of a database, in the runner's words. postgres/ is the real one; the simulation has another.
 * Every method is one transaction: it happened, it did not, or (when the connection broke) the caller cannot know.
 */
export interface RunStore {
  /** Takes the thread for one run. Throws AppError: not_found, thread_busy, run_replayed, interrupt_open, interrupt_closed …, and what `permitted` throws. */
  admit(request: AdmitRequest): Promise<Admission>;
  /** Undoes an admission whose run never began. */
  release(run: Pick<RunRef, "tenantId" | "threadId" | "runId">): Promise<void>;
  /** Appends to the logs of runs of one tenant. An entry that is already there is left as it is, so an append may be repeated. */
  append(tenantId: string, batch: Append[]): Promise<Appended[]>;
  /** The entries after each cursor, at most `limit` a run, in order. */
  read(tenantId: string, cursors: Cursor[], limit: number): Promise<RunEntry[]>;
  /** Which of these runs are no more: released before they began, or deleted with their thread. */
  missing(tenantId: string, runIds: string[]): Promise<string[]>;
  /** The thread as this reader may see it, at one instant; null when there is none for them. */
  snapshot(reader: TenantContext, threadId: string): Promise<ThreadSnapshot | null>;
  /** Whose thread it is, if the reader may see it. */
  threadOwner(reader: TenantContext, threadId: string): Promise<string | null>;
  /** Asks the thread's running run to stop, whoever executes it. Returns its id, or null when none of the caller's is running. */
  requestStop(caller: TenantContext, threadId: string, clientRunId?: string): Promise<string | null>;
  /** The running run of a thread that the reader may see. */
  runningRun(reader: TenantContext, threadId: string): Promise<string | null>;
  /** Renews the node's lease over all its runs, and tells which those are and which have no living owner. */
  heartbeat(nodeId: string, leaseMs: number): Promise<Heartbeat>;
  /** Takes over, under a new token, a run without a living owner or of this node; null when another was faster. */
  claim(orphan: HeldRun, nodeId: string): Promise<ClaimedRun | null>;
  /** Gives the node's lease back, so that what it leaves behind is an orphan at once. */
  leave(nodeId: string): Promise<void>;
  /** Removes events of runs that ended long ago. Returns how many runs were pruned; call again while it is not 0. */
  prune(keepEventsMs: number): Promise<number>;
}

/** A run as its writer holds it. The token is the proof of ownership: an append under an old one is refused. */
export interface RunRef {
  tenantId: string;
  userId: string;
  threadId: string;
  runId: string;
  /** The protocol's run id; a run that answers an interrupt reuses it. */
  clientRunId: string;
  agent: string;
  token: number;
}

/** One event of a log: AG-UI JSON whose first key is `type`. */
export interface LogEntry {
  seq: number;
  json: string;
}

export interface RunEntry extends LogEntry {
  runId: string;
}

export interface Cursor {
  runId: string;
  after: number;
}

export interface AdmitRequest {
  caller: TenantContext;
  nodeId: string;
  /** Chosen by the caller, who can then release it even when the answer got lost. */
  runId: string;
  agent: string;
  /** As the client sent it: its messages are candidates only, see admission.ts. */
  input: RunAgentInput;
  nowMs: number;
  /** Waited for before anything is written, while the thread is read. */
  permitted?: Promise<void> | undefined;
  /** May be called when only storing it can still fail. What follows may be made ready; nothing of it may happen before `admit` resolves. */
  onDecided?: ((admission: Admission) => void) | undefined;
}

export interface Admission {
  run: RunRef;
  /** What the agent runs with: the stored history and the new messages, and what else the client sent. */
  input: RunAgentInput;
  /** Entry 1 of the log, already written: RUN_STARTED with the new messages. */
  started: LogEntry;
  /** Where messages of this run are placed in the thread: after this position. */
  position: number;
}

export type RunStatus = "running" | "finished" | "waiting" | "failed" | "stopped" | "interrupted";

/** How a run ended, written in the transaction of its last event. */
export interface RunEnd {
  status: Exclude<RunStatus, "running">;
  errorCode?: string;
  interrupts?: Interrupt[];
  /** Undefined when the run has no shared state. */
  state?: unknown;
  /** Messages that the run made or changed, in thread order. */
  messages: PlacedMessage[];
}

export interface PlacedMessage {
  position: number;
  message: Message;
}

export interface Append {
  run: RunRef;
  entries: LogEntry[];
  end?: RunEnd;
}

export interface Appended {
  runId: string;
  /** `lost`: another process has taken the run over, or it has ended; nothing was written. */
  outcome: "stored" | "lost";
  stopRequested: boolean;
}

export interface ThreadSnapshot {
  /** Whose thread it is. */
  userId: string;
  /** JSON array of the thread's messages. */
  messages: string;
  /** JSON of the shared state after the last run that has one. */
  state: string | null;
  last: LastRun | null;
}

export interface LastRun {
  runId: string;
  clientRunId: string;
  status: RunStatus;
  interrupts: Interrupt[] | null;
  /** For a running run: its RUN_STARTED, and the number of its newest event. */
  started: string | null;
  head: number;
}

export interface Heartbeat {
  mine: HeldRun[];
  orphans: HeldRun[];
}

export interface HeldRun {
  runId: string;
  tenantId: string;
  token: number;
  stopRequested: boolean;
}

export interface ClaimedRun {
  run: RunRef;
  stopRequested: boolean;
  events: LogEntry[];
  /** The stored messages of the thread, those of this run's input included. */
  history: Message[];
  position: number;
}
