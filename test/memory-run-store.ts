import type { Interrupt, Message } from "@ag-ui/core";
import type { TenantContext } from "@/db/with-tenant";
import { notFound, threadBusy } from "@/lib/failures/app-error";
import { admitInput } from "@/lib/runs/admission";
import type { Signal } from "@/lib/runs/signals";
import type * as store from "@/lib/runs/store";

interface StoredRun {
  run: store.RunRef;
  owner: string;
  status: store.RunStatus;
  stopRequested: boolean;
  interrupts: Interrupt[] | null;
  state: unknown;
  startedAt: number;
  finishedAt: number;
  events: store.LogEntry[];
  pruned: boolean;
}

interface StoredMessage extends store.PlacedMessage {
  runId: string;
}

interface StoredThread {
  owner: TenantContext;
  messages: StoredMessage[];
}

/**
 * The run store without Postgres, for the simulation: one transaction is one synchronous call. The contract test holds it and the
 * real store to the same promises.
 */
export class MemoryRunDatabase {
  readonly threads = new Map<string, StoredThread>();
  readonly runs: StoredRun[] = [];
  private readonly nodes = new Map<string, number>();

  constructor(
    private readonly now: () => number,
    private readonly notify: (signal: Signal) => void = () => {},
  ) {}

  createThread(id: string, owner: TenantContext): void {
    this.threads.set(id, { owner, messages: [] });
  }

  runsOf(threadId: string): StoredRun[] {
    return this.runs.filter(({ run }) => run.threadId === threadId);
  }

  /** The store's methods as plain calls; `asStore` makes promises of them. */
  admit({ caller, nodeId, runId, agent, input: sent, nowMs, onDecided }: store.AdmitRequest): store.Admission {
    const thread = this.threads.get(sent.threadId);
    const { tenantId, userId } = caller;
    if (!thread || thread.owner.tenantId !== tenantId || thread.owner.userId !== userId) throw notFound();
    const runs = this.runsOf(sent.threadId);
    const history = thread.messages.map(({ message }) => message);
    const runIdUsed = runs.some(({ run }) => run.clientRunId === sent.runId);
    const { news, input, started } = admitInput({ last: runs.at(-1) ?? null, runIdUsed, history }, sent, nowMs);
    if (runs.some(({ status }) => status === "running")) throw threadBusy();
    const run = { tenantId, userId, threadId: sent.threadId, runId, clientRunId: sent.runId, agent, token: 1 };
    const entry = { seq: 1, json: JSON.stringify(started) };
    const position = thread.messages.at(-1)?.position ?? 0;
    thread.messages.push(
      ...structuredClone(news.map((message, i) => ({ position: position + 1 + i, message, runId }))),
    );
    this.runs.push({
      run,
      owner: nodeId,
      status: "running",
      stopRequested: false,
      interrupts: null,
      state: undefined,
      startedAt: this.now(),
      finishedAt: 0,
      events: [entry],
      pruned: false,
    });
    this.notify({ kind: "thread", tenantId, userId, threadId: run.threadId, change: "run-started" });
    const admission = { run, input: structuredClone(input), started: entry, position: position + news.length };
    // From here on its answer can still be lost.
    onDecided?.(structuredClone(admission));
    return admission;
  }

  release(run: Pick<store.RunRef, "threadId" | "runId">): void {
    const at = this.runs.findIndex((stored) => stored.run.runId === run.runId && stored.run.token === 1);
    if (this.runs[at]?.status !== "running") return;
    this.runs.splice(at, 1);
    const thread = this.threads.get(run.threadId);
    if (thread) thread.messages = thread.messages.filter(({ runId }) => runId !== run.runId);
  }

  append(_tenantId: string, batch: store.Append[]): store.Appended[] {
    const results = batch.map(({ run, entries, end }): store.Appended => {
      const stored = this.runs.find((each) => each.run.runId === run.runId);
      const held = stored?.run.token === run.token;
      if (!stored || !held || (stored.status !== "running" && stored.status !== end?.status)) {
        return { runId: run.runId, outcome: "lost", stopRequested: false };
      }
      if (stored.status === "running") this.write(stored, entries, end);
      return { runId: run.runId, outcome: "stored", stopRequested: stored.stopRequested && !end };
    });
    this.notify({ kind: "events", runIds: batch.map(({ run }) => run.runId) });
    return results;
  }

  private write(stored: StoredRun, entries: store.LogEntry[], end: store.RunEnd | undefined): void {
    for (const entry of entries) if (!stored.events.some(({ seq }) => seq === entry.seq)) stored.events.push(entry);
    if (!end) return;
    stored.status = end.status;
    stored.interrupts = end.interrupts ?? null;
    stored.state = structuredClone(end.state);
    stored.finishedAt = this.now();
    const { tenantId, userId, threadId, runId } = stored.run;
    const thread = this.threads.get(threadId);
    for (const placed of structuredClone(end.messages)) {
      const known = thread?.messages.find(({ message }) => message.id === placed.message.id);
      if (known) known.message = placed.message;
      else thread?.messages.push({ ...placed, runId });
    }
    this.notify({ kind: "thread", tenantId, userId, threadId, change: "run-ended" });
  }

  read(_tenantId: string, cursors: store.Cursor[], limit: number): store.RunEntry[] {
    return cursors.flatMap(({ runId, after }) => {
      const stored = this.runs.find(({ run }) => run.runId === runId);
      const events = stored?.events.filter(({ seq }) => seq > after) ?? [];
      return events.slice(0, limit).map((entry) => ({ ...entry, runId }));
    });
  }

  missing(_tenantId: string, runIds: string[]): string[] {
    return runIds.filter((runId) => !this.runs.some(({ run }) => run.runId === runId));
  }

  snapshot(reader: TenantContext, threadId: string): store.ThreadSnapshot | null {
    const thread = this.threads.get(threadId);
    if (!thread || !maySee(reader, thread)) return null;
    const runs = this.runsOf(threadId);
    const last = runs.at(-1);
    const withState = runs.findLast(({ state }) => state !== undefined);
    return {
      userId: thread.owner.userId,
      messages: JSON.stringify(thread.messages.map(({ message }) => message)),
      state: withState ? JSON.stringify(withState.state) : null,
      last: last
        ? {
            runId: last.run.runId,
            clientRunId: last.run.clientRunId,
            status: last.status,
            interrupts: last.interrupts,
            started: last.events[0]?.json ?? null,
            head: last.events.at(-1)?.seq ?? 0,
          }
        : null,
    };
  }

  threadOwner(reader: TenantContext, threadId: string): string | null {
    const thread = this.threads.get(threadId);
    return thread && maySee(reader, thread) ? thread.owner.userId : null;
  }

  requestStop(caller: TenantContext, threadId: string, clientRunId?: string): string | null {
    const stored = this.runsOf(threadId).find(({ status }) => status === "running");
    if (!stored || stored.run.userId !== caller.userId || stored.run.tenantId !== caller.tenantId) return null;
    if (clientRunId !== undefined && stored.run.clientRunId !== clientRunId) return null;
    stored.stopRequested = true;
    this.notify({ kind: "stop", runId: stored.run.runId });
    return stored.run.runId;
  }

  runningRun(reader: TenantContext, threadId: string): string | null {
    if (this.threadOwner(reader, threadId) === null) return null;
    return this.runsOf(threadId).find(({ status }) => status === "running")?.run.runId ?? null;
  }

  heartbeat(nodeId: string, leaseMs: number): store.Heartbeat {
    this.nodes.set(nodeId, this.now() + leaseMs);
    const running = this.runs.filter(({ status }) => status === "running");
    const held = (stored: StoredRun): store.HeldRun => {
      const { runId, tenantId, token } = stored.run;
      return { runId, tenantId, token, stopRequested: stored.stopRequested };
    };
    return {
      mine: running.filter(({ owner }) => owner === nodeId).map(held),
      orphans: running.filter(({ owner }) => !this.isAlive(owner)).map(held),
    };
  }

  claim(orphan: store.HeldRun, nodeId: string): store.ClaimedRun | null {
    const stored = this.runs.find(({ run }) => run.runId === orphan.runId);
    if (stored?.status !== "running" || stored.run.token !== orphan.token) return null;
    if (stored.owner !== nodeId && this.isAlive(stored.owner)) return null;
    stored.owner = nodeId;
    stored.run = { ...stored.run, token: stored.run.token + 1 };
    const messages = this.threads.get(stored.run.threadId)?.messages ?? [];
    const history: Message[] = structuredClone(messages.map(({ message }) => message));
    const { run, stopRequested, events } = stored;
    return { run, stopRequested, events: [...events], history, position: messages.at(-1)?.position ?? 0 };
  }

  leave(nodeId: string): void {
    this.nodes.delete(nodeId);
  }

  prune(keepEventsMs: number): number {
    const due = this.runs.filter(
      (stored) => stored.status !== "running" && !stored.pruned && stored.finishedAt < this.now() - keepEventsMs,
    );
    for (const stored of due) Object.assign(stored, { events: [], pruned: true });
    return due.length;
  }

  private isAlive(nodeId: string): boolean {
    return (this.nodes.get(nodeId) ?? 0) > this.now();
  }
}

function maySee(reader: TenantContext, { owner }: StoredThread): boolean {
  return owner.tenantId === reader.tenantId && (owner.userId === reader.userId || reader.role === "admin");
}

/** Wraps every call: `around` may delay it, lose it, or lose its answer. */
export function asStore(database: MemoryRunDatabase, around: <T>(call: () => T) => Promise<T>): store.RunStore {
  const method =
    <Args extends unknown[], T>(call: (...args: Args) => T) =>
    (...args: Args): Promise<T> =>
      around(() => call.apply(database, args));
  return {
    admit: async (request) => {
      await request.permitted;
      return around(() => database.admit(request));
    },
    release: method(database.release),
    append: method(database.append),
    read: method(database.read),
    missing: method(database.missing),
    snapshot: method(database.snapshot),
    threadOwner: method(database.threadOwner),
    requestStop: method(database.requestStop),
    runningRun: method(database.runningRun),
    heartbeat: method(database.heartbeat),
    claim: method(database.claim),
    leave: method(database.leave),
    prune: method(database.prune),
  };
}
