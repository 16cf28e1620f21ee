import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type AbstractAgent, verifyEvents } from "@ag-ui/client";
import { type AGUIEvent, type BaseEvent, EventType, type Message, type RunAgentInput } from "@ag-ui/core";
import { from, lastValueFrom, type Observable, toArray } from "rxjs";
import { newId } from "@/db/ids";
import { threads } from "@/db/schema";
import type { Doors, TenantContext } from "@/db/with-tenant";
import { RunFold } from "@/lib/runs/run-fold";
import { createPostgresRunner, type PostgresAgentRunner, type RunnerOptions } from "@/lib/runs/runner";
import { createTestDatabase, type TestDatabase } from "./database";

/** Nobody takes a run over from a node that a busy machine held up, unless a test is about taking over. */
const PATIENT = { pollMs: 300, heartbeatMs: 150, leaseMs: 60_000 };
/** For tests that wait for a takeover. Long beside what a busy machine can be late with a heartbeat, short for who waits for it. */
export const TAKEN_OVER_SOON = { leaseMs: 2_000 };

/** Several runners ("nodes") on one database in one process, with people of two tenants. */
export interface RunCluster {
  database: TestDatabase;
  ada: TenantContext;
  ben: TenantContext;
  gus: TenantContext;
  startNode(caller: TenantContext, options?: Partial<RunnerOptions>): Promise<PostgresAgentRunner>;
  /** A node whose process can be killed, or suspended and woken: while it is away nothing of it reaches the database. */
  startMortalNode(caller: TenantContext, options?: Partial<RunnerOptions>): Promise<MortalNode>;
  createThread(owner: TenantContext): Promise<string>;
  closeNodes(): Promise<void>;
  drop(): Promise<void>;
}

export interface MortalNode {
  node: PostgresAgentRunner;
  suspend(): void;
  wake(): void;
}

export async function createRunCluster(): Promise<RunCluster> {
  const database = await createTestDatabase(20);
  const member = (userId: string, role: "admin" | "member") => ({ userId, email: `${userId}@flightdeck.test`, role });
  const acme = await database.provision({
    slug: "acme",
    name: "Acme",
    members: [member("ada", "admin"), member("ben", "member")],
  });
  const globex = await database.provision({ slug: "globex", name: "Globex", members: [member("gus", "admin")] });
  const nodes: PostgresAgentRunner[] = [];

  const startNode: RunCluster["startNode"] = async (caller, options = {}) => {
    const node = createPostgresRunner({
      doors: database.doors,
      directUrl: database.url,
      identity: () => caller,
      ...options,
      limits: { ...PATIENT, ...options.limits },
    });
    nodes.push(node);
    await node.start();
    return node;
  };

  return {
    database,
    ada: { tenantId: acme, userId: "ada", role: "admin" },
    ben: { tenantId: acme, userId: "ben", role: "member" },
    gus: { tenantId: globex, userId: "gus", role: "admin" },
    startNode,
    async startMortalNode(caller, options = {}) {
      const gate = { open: true };
      const node = await startNode(caller, { ...options, doors: gated(database.doors, gate) });
      const open = (value: boolean) => () => {
        gate.open = value;
      };
      return { node, suspend: open(false), wake: open(true) };
    },
    async createThread(owner) {
      const id = newId("thr");
      const { tenantId, userId } = owner;
      await database.doors.withTenant(owner, (tx) =>
        tx.insert(threads).values({ id, tenantId, userId, agent: "scripted" }),
      );
      return id;
    },
    async closeNodes() {
      await Promise.all(nodes.splice(0).map((node) => node.close(500)));
    },
    drop: () => database.drop(),
  };
}

function gated(doors: Doors, gate: { open: boolean }): Doors {
  const guard =
    <Args extends unknown[], T>(door: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (!gate.open) throw new Error("no connection");
      return door(...args);
    };
  return {
    withTenant: guard(doors.withTenant) as Doors["withTenant"],
    withRunner: guard(doors.withRunner) as Doors["withRunner"],
    withUser: guard(doors.withUser) as Doors["withUser"],
    withSystem: guard(doors.withSystem) as Doors["withSystem"],
    withAuth: guard(doors.withAuth) as Doors["withAuth"],
  };
}

export function inputFor(threadId: string, words?: string, extra: Partial<RunAgentInput> = {}): RunAgentInput {
  const messages: Message[] = words === undefined ? [] : [{ id: randomUUID(), role: "user", content: words }];
  return { threadId, runId: randomUUID(), messages, tools: [], context: [], state: {}, forwardedProps: {}, ...extra };
}

export function ask(node: PostgresAgentRunner, agent: AbstractAgent, input: RunAgentInput): Observable<BaseEvent> {
  return node.run({ threadId: input.threadId, agent, input });
}

/** The whole stream; every stream that is served must pass the client's own check. */
export async function collect(events: Observable<BaseEvent>): Promise<AGUIEvent[]> {
  const collected = await lastValueFrom(events.pipe(toArray<BaseEvent>()));
  await lastValueFrom(from(collected).pipe(verifyEvents(false)), { defaultValue: undefined });
  return collected as AGUIEvent[];
}

/** What a client has on its screen after these events. */
export function messagesOf(events: AGUIEvent[]): Message[] {
  const fold = new RunFold([], {});
  for (const event of events) {
    for (const message of (event.type === EventType.RUN_STARTED && event.input?.messages) || []) {
      if (!fold.messages.some(({ id }) => id === message.id)) fold.messages.push(message);
    }
    fold.apply(event);
  }
  return fold.messages;
}

export const wordsOf = (events: AGUIEvent[]) => messagesOf(events).map(({ role, content }) => `${role}: ${content}`);

export async function until(condition: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await sleep(10);
  }
}
