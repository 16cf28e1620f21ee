/**
 * Runs graph threads, detached from whoever asked: a request that goes away changes nothing. One process a thread, by a lease in
 * Postgres that is renewed while the graph runs; when the process dies, another goes on from the last checkpoint (see sweep). What a
 * graph must hear of meanwhile (a decision, a cancellation) is in the database first and then wakes the thread.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type BaseEvent, EventType, type ResumeEntry } from "@ag-ui/core";
import type pg from "pg";
import type { Doors } from "@/db/with-tenant";
import { type Graph, GraphRunError, type OpenInterrupt, openInterrupts, runGraph } from "../agui/run-graph";
import { closeOpenQuestions, getApproval } from "../approvals/approvals";
import { tenantCheckpointer, threadKey } from "../checkpoints/tenant-checkpointer";
import type { Log } from "../log";
import type { Systems, SystemsOf } from "../systems/systems";
import { type TenantWork, tenantWork } from "../tenant-work";
import type { AgentDefinition } from "./agent-definition";
import { type GraphThread, type GraphThreadStore, graphThreadStore, type Lease } from "./graph-threads";
import { ThreadRun } from "./thread-run";

export interface ExecutorOptions {
  doors: Pick<Doors, "withRunner" | "withSystem">;
  pool: () => pg.Pool;
  agents: ReadonlyMap<string, AgentDefinition>;
  systemsOf: SystemsOf;
  leaseMs: number;
  /** How many threads the sweeper runs at once in this process. */
  atOnce: number;
  log: Log;
}

const TENANTS_MAX = 500;
/** A thread that fails this often in a row is left for a person. */
const AUTOMATIC_FAILURES_MAX = 3;

export class Executor {
  readonly threads: GraphThreadStore;
  readonly nodeId = randomUUID();
  private readonly runs = new Map<string, ThreadRun>();
  private readonly running = new Map<string, Promise<void>>();
  /** Of the running ones, those that the sweeper began. */
  private readonly swept = new Map<string, Promise<void>>();
  private readonly askedAgain = new Set<string>();
  private readonly graphs = new Map<string, Graph>();
  private readonly stopping = new AbortController();
  private sweeping: Promise<void> | undefined;
  private endPause: (() => void) | undefined;

  constructor(private readonly options: ExecutorOptions) {
    this.threads = graphThreadStore(options.doors);
  }

  work(tenantId: string): TenantWork {
    return tenantWork(this.options.doors, tenantId);
  }

  systems(tenantId: string): Systems {
    return this.options.systemsOf(tenantId, this.work(tenantId));
  }

  definition(agent: string): AgentDefinition {
    const definition = this.options.agents.get(agent);
    if (!definition) throw new Error(`there is no agent ${agent}`);
    return definition;
  }

  /** Waits until a run that is about to begin here can be watched; undefined when none does. */
  async upcomingRun(threadId: string): Promise<ThreadRun | undefined> {
    while (this.running.has(threadId) && !this.runs.has(threadId)) await sleep(5);
    return this.runs.get(threadId);
  }

  graphOf(tenantId: string, agent: string): Graph {
    const key = `${tenantId}:${agent}`;
    const known = this.graphs.get(key);
    if (known) return known;
    const work = this.work(tenantId);
    const graph = this.definition(agent).buildGraph({
      tenantId,
      work,
      systems: this.options.systemsOf(tenantId, work),
      checkpointer: tenantCheckpointer(this.options.pool, tenantId),
      cancelRequest: (threadId) => this.threads.cancelRequest(tenantId, threadId),
    });
    this.graphs.set(key, graph);
    if (this.graphs.size > TENANTS_MAX) this.graphs.delete(this.graphs.keys().next().value ?? "");
    return graph;
  }

  /** What the thread's checkpoints say: its state, and the questions that are open. */
  async stateOf({ tenantId, agent, id }: GraphThread) {
    const config = { configurable: { thread_id: threadKey(tenantId, agent, id) } };
    const { values, tasks } = await this.graphOf(tenantId, agent).getState(config);
    const state = (values ?? {}) as Record<string, unknown>;
    // Not by `next`: that leaves out a task whose writes are stored and whose checkpoint is not, because a process died in between.
    const ended = tasks.length === 0 && Object.keys(state).length > 0;
    return { state, interrupts: openInterrupts(tasks), ended };
  }

  /**
   * Has the thread run, here if no other process has it. Returns at once when it runs here already. The promise is for tests and for
   * the sweeper; nobody else waits for it.
   */
  run(tenantId: string, threadId: string, runId?: string): Promise<void> {
    const known = this.running.get(threadId);
    if (known) {
      // It may be past the point where it would have heard of the reason for this call.
      this.askedAgain.add(threadId);
      return known;
    }
    if (this.stopping.signal.aborted) return Promise.resolve();
    const running = this.lead(tenantId, threadId, runId)
      .catch((error: unknown) => this.options.log("thread.failed", { threadId, error: String(error) }))
      .finally(() => {
        this.running.delete(threadId);
        this.runs.get(threadId)?.breakOff();
        this.runs.delete(threadId);
        if (this.askedAgain.delete(threadId)) return this.runIfDue(tenantId, threadId);
      });
    this.running.set(threadId, running);
    return running;
  }

  private async runIfDue(tenantId: string, threadId: string): Promise<void> {
    const thread = await this.threads.get(tenantId, threadId);
    if (thread?.wake) await this.run(tenantId, threadId);
  }

  /** Looks for threads that somebody should run, now and from then on, until `close`. */
  startSweeping(everyMs: number): void {
    this.sweeping ??= (async () => {
      while (!this.stopping.signal.aborted) {
        const more = await this.sweep().catch((error: unknown) => {
          this.options.log("sweep.failed", { error: String(error) });
          return false;
        });
        // A batch is gone through without pauses, a few threads at a time.
        if (more) await this.roomAgain();
        else await this.pause(everyMs);
      }
    })();
  }

  /** Has the sweeper look now and not at its next turn: a batch was begun. */
  sweepNow(): void {
    this.endPause?.();
  }

  private async pause(ms: number): Promise<void> {
    const pause = new AbortController();
    this.endPause = () => pause.abort();
    const signal = AbortSignal.any([pause.signal, this.stopping.signal]);
    await sleep(ms, undefined, { signal }).catch(() => {});
  }

  /**
   * Begins what is due, as far as there is room; what people start by hand does not wait for room. True when more may be due. The
   * promises of what was begun are in `swept`.
   */
  async sweep(): Promise<boolean> {
    const room = this.options.atOnce - this.swept.size;
    if (room <= 0) return true;
    const due = await this.threads.due(room, [...this.running.keys()]);
    for (const { id, tenantId } of due) {
      const run = this.run(tenantId, id).finally(() => this.swept.delete(id));
      this.swept.set(id, run);
    }
    return due.length === room;
  }

  private async roomAgain(): Promise<void> {
    while (this.swept.size > this.options.atOnce / 2) await Promise.race(this.swept.values());
  }

  /** Takes no new threads and lets those that run reach their next checkpoint, at most `withinMs`; another process goes on from there. */
  async close(withinMs: number): Promise<void> {
    this.stopping.abort();
    await Promise.race([Promise.all(this.running.values()), sleep(withinMs)]);
  }

  private async lead(tenantId: string, threadId: string, runId: string | undefined): Promise<void> {
    const lease = await this.threads.acquire(tenantId, threadId, this.nodeId, this.options.leaseMs);
    if (!lease) return;
    const lost = new AbortController();
    let heldUntil = Date.now() + this.options.leaseMs;
    const renew = async () => {
      const askedAt = Date.now();
      const held = await this.renew(lease);
      if (held === true) heldUntil = askedAt + this.options.leaseMs;
      // A database that cannot be asked for the length of a lease has given the thread to somebody else by now.
      if (held === false || Date.now() > heldUntil) lost.abort();
    };
    const renewing = setInterval(() => void renew(), this.options.leaseMs / 3);
    const signal = AbortSignal.any([lost.signal, this.stopping.signal]);
    try {
      for (let id = runId; ; id = undefined) {
        const thread = await this.threads.get(tenantId, threadId);
        if (!thread) return;
        const { end, answered, sayLast } = await this.runOnce(thread, id ?? randomUUID(), signal);
        if (signal.aborted) {
          if (!lost.signal.aborted) await this.threads.abandon(lease);
          return sayLast();
        }
        const released = answered ? await this.threads.keep(lease) : await this.threads.release(lease, end);
        // Whoever hears that the thread waits may answer at once, so the database says so first.
        sayLast();
        if (released !== "again") return;
      }
    } finally {
      clearInterval(renewing);
    }
  }

  /** Undefined when the database could not be asked. */
  private async renew(lease: Lease): Promise<boolean | undefined> {
    try {
      return await this.threads.renew(lease, this.options.leaseMs);
    } catch (error) {
      this.options.log("lease.renewal_failed", { threadId: lease.threadId, error: String(error) });
      return undefined;
    }
  }

  /** From where the thread stands to its next question or its end. */
  private async runOnce(thread: GraphThread, runId: string, signal: AbortSignal) {
    const { tenantId, id: threadId, agent } = thread;
    const definition = this.definition(agent);
    const work = this.work(tenantId);
    const { interrupts, ended } = await this.stateOf(thread);
    // A process died between the graph's end and the thread's: running it again would begin it anew.
    if (ended) return { end: { status: "finished" as const }, answered: false, sayLast: () => {} };
    const run = new ThreadRun();
    this.runs.set(threadId, run);
    const { resume, dueAt } = await this.answers(thread, interrupts, work);
    const input = { threadId, runId, messages: [], tools: [], context: [], state: {}, forwardedProps: {}, resume };
    let last: BaseEvent | undefined;
    for await (const event of runGraph(this.graphOf(tenantId, agent), input, {
      threadKey: threadKey(tenantId, agent, threadId),
      graphInput: definition.initialState(thread),
      requireState: (state) => definition.requireState(state),
      signal,
      onFailure: (error) => {
        if (signal.aborted) return;
        const of = { agent, tenantId, threadId };
        // What a graph itself ends a run with, as when somebody stopped it, needs no stack.
        if (error instanceof GraphRunError)
          this.options.log("run.ended", { ...of, code: error.code, message: error.message });
        else this.options.log("run.failed", { ...of, error: String((error as Error)?.stack ?? error) });
      },
    })) {
      last = event;
      // The last word is said when the database knows it too: see lead.
      if (event.type !== EventType.RUN_FINISHED && event.type !== EventType.RUN_ERROR) run.add(event);
    }
    const failed = last?.type === EventType.RUN_ERROR;
    if (failed && !signal.aborted) {
      await definition.failed(work, thread, String((last as { message?: string }).message ?? ""));
    }
    const sayLast = () => {
      if (this.runs.get(threadId) === run) this.runs.delete(threadId);
      if (last) run.add(last);
    };
    if (failed) return { end: { status: "failed" as const, dueAt: retryAt(thread, last) }, answered: false, sayLast };
    const waiting = (last as { outcome?: { type?: string } } | undefined)?.outcome?.type === "interrupt";
    if (!waiting) return { end: { status: "finished" as const }, answered: false, sayLast };
    const open = await this.openQuestions(thread, work);
    return { end: { status: "waiting" as const, dueAt: dueAt ?? open.dueAt }, answered: open.answered, sayLast };
  }

  /** The decisions that the thread's open questions have got, all of them or none: the protocol knows no half answers. */
  private async answers(
    thread: GraphThread,
    interrupts: readonly OpenInterrupt[],
    work: TenantWork,
  ): Promise<{ resume?: ResumeEntry[]; dueAt?: Date | null }> {
    if (interrupts.length === 0) return {};
    if (thread.cancelRequestedBy) {
      const by = thread.cancelRequestedBy;
      await closeOpenQuestions(work, thread.id, {
        answer: { action: "cancel", reason: "" },
        decidedBy: by,
        decidedByName: by,
      });
    }
    const resume: ResumeEntry[] = [];
    for (const { id } of interrupts) {
      let approval = await getApproval(work, id);
      if (approval?.status === "pending" && approval.expiresAt && approval.expiresAt.getTime() <= Date.now()) {
        const answer = { action: "cancel", reason: "Nobody decided in time." };
        await closeOpenQuestions(work, thread.id, { answer, decidedBy: "expiry", decidedByName: "expiry" });
        approval = await getApproval(work, id);
      }
      if (approval?.status !== "decided") return { dueAt: approval?.expiresAt };
      resume.push({ interruptId: id, status: "resolved", payload: approval.decision });
    }
    return { resume };
  }

  /**
   * When the first of them expires, and whether all have their decision already: a process may die between asking and its checkpoint, and
   * somebody answer before another process has come to the same question. What woke the thread then was heard before there was anything
   * to resume.
   */
  private async openQuestions(thread: GraphThread, work: TenantWork) {
    const { interrupts } = await this.stateOf(thread);
    const asked = await Promise.all(interrupts.map(({ id }) => getApproval(work, id)));
    const times = asked.flatMap((approval) => (approval?.expiresAt ? [approval.expiresAt.getTime()] : []));
    return {
      dueAt: times.length > 0 ? new Date(Math.min(...times)) : null,
      answered: asked.length > 0 && asked.every((approval) => approval?.status === "decided"),
    };
  }
}

/** A failure of ours, or of a system that may come back, is tried again some time later; one with a name of its own waits for a person. */
function retryAt(thread: GraphThread, last: BaseEvent | undefined): Date | null {
  const { code } = (last ?? {}) as { code?: string };
  const mayPass = code === "internal" || /_(outage|timeout)$/.test(code ?? "");
  if (!mayPass || thread.failures + 1 >= AUTOMATIC_FAILURES_MAX) return null;
  return new Date(Date.now() + 2_000 * 2 ** thread.failures);
}
