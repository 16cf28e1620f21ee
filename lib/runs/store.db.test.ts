import { randomUUID } from "node:crypto";
import type { Message } from "@ag-ui/core";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/ids";
import type { TenantContext } from "@/db/with-tenant";
import { rateLimited } from "@/lib/failures/app-error";
import { changeSettings } from "@/lib/settings/change-settings";
import { asStore, MemoryRunDatabase } from "@/test/memory-run-store";
import { createRunCluster, inputFor, type RunCluster } from "@/test/run-cluster";
import { createPostgresStore } from "./postgres/store";
import type { LogEntry, RunEnd, RunStore } from "./store";

interface Subject {
  store: RunStore;
  ada: TenantContext;
  ben: TenantContext;
  gus: TenantContext;
  createThread(owner: TenantContext): Promise<string>;
}

let cluster: RunCluster;
const subjects: Record<string, Subject> = {};

beforeAll(async () => {
  cluster = await createRunCluster();
  const { ada, ben, gus } = cluster;
  const memory = new MemoryRunDatabase(() => Date.now());
  subjects.postgres = {
    store: createPostgresStore(cluster.database.doors),
    ada,
    ben,
    gus,
    createThread: cluster.createThread,
  };
  subjects.memory = {
    store: asStore(memory, async (call) => call()),
    ada,
    ben,
    gus,
    createThread: async (owner) => {
      const id = randomUUID();
      memory.createThread(id, owner);
      return id;
    },
  };
});

afterAll(() => cluster.drop());

const custom = (seq: number): LogEntry => ({ seq, json: `{"type":"CUSTOM","name":"n","value":${seq}}` });
const finished = (...messages: Message[]): RunEnd => ({
  status: "finished",
  messages: messages.map((message, i) => ({ position: 100 + i, message })),
});

/** What both stores promise; the simulation proves the runner on the one, so that it holds on the other. */
describe.each(["postgres", "memory"])("the %s store", (name) => {
  const subject = () => subjects[name] as Subject;
  const begin = async (owner: TenantContext, words = "go", nodeId = "node") => {
    const threadId = await subject().createThread(owner);
    const input = inputFor(threadId, words);
    const admission = await subject().store.admit({
      caller: owner,
      nodeId,
      runId: newId("run"),
      agent: "a",
      input,
      nowMs: Date.now(),
    });
    return { threadId, input, admission, run: admission.run };
  };

  test("admits one run a thread, with what it needs, and nobody but the owner", async () => {
    const { store, ada, ben, gus } = subject();
    const { threadId, input, admission } = await begin(ben);
    expect(admission).toMatchObject({ position: 1, started: { seq: 1 }, run: { token: 1, clientRunId: input.runId } });
    expect(admission.input.messages).toEqual(input.messages);
    const attempt = (caller: TenantContext, to: string) =>
      store.admit({
        caller,
        nodeId: "node",
        runId: newId("run"),
        agent: "a",
        input: inputFor(to, "again"),
        nowMs: Date.now(),
      });
    await expect(attempt(ben, threadId)).rejects.toMatchObject({ code: "thread_busy", status: 409 });
    await expect(attempt(ada, threadId)).rejects.toMatchObject({ code: "not_found" });
    await expect(attempt(gus, threadId)).rejects.toMatchObject({ code: "not_found" });
    await expect(attempt(ben, "thr_unknown")).rejects.toMatchObject({ code: "not_found" });
  });

  test("waits for the permission that it is given, and stores nothing when that is refused", async () => {
    const { store, ada } = subject();
    const threadId = await subject().createThread(ada);
    const { promise: permitted, reject: refuse } = Promise.withResolvers<void>();
    const admitted = store.admit({
      caller: ada,
      nodeId: "node",
      runId: newId("run"),
      agent: "a",
      input: inputFor(threadId, "too often"),
      nowMs: Date.now(),
      permitted,
    });
    refuse(rateLimited(1_000));
    await expect(admitted).rejects.toMatchObject({ code: "rate_limited" });
    expect(await store.snapshot(ada, threadId)).toMatchObject({ messages: "[]", last: null });
  });

  test("a released admission leaves nothing", async () => {
    const { store, ada } = subject();
    const { threadId, input, run } = await begin(ada);
    await store.release(run);
    await store.release(run);
    expect(await store.missing(ada.tenantId, [run.runId])).toEqual([run.runId]);
    expect(await store.snapshot(ada, threadId)).toEqual({
      userId: ada.userId,
      messages: "[]",
      state: null,
      last: null,
    });
    await store.admit({ caller: ada, nodeId: "node", runId: newId("run"), agent: "a", input, nowMs: Date.now() });
  });

  test("appends in order, once however often it is asked, and serves from any cursor", async () => {
    const { store, ada } = subject();
    const { run } = await begin(ada);
    const entries = [custom(2), custom(3), custom(4)];
    for (let i = 0; i < 2; i++) {
      expect(await store.append(ada.tenantId, [{ run, entries }])).toEqual([
        { runId: run.runId, outcome: "stored", stopRequested: false },
      ]);
    }
    const read = (after: number, limit = 10) => store.read(ada.tenantId, [{ runId: run.runId, after }], limit);
    expect((await read(0)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(await read(2, 1)).toEqual([{ runId: run.runId, ...custom(3) }]);
    expect(await read(4)).toEqual([]);
    expect(await store.missing(ada.tenantId, [run.runId])).toEqual([]);
  });

  test("an end is stored with its last event, is repeatable, and nothing follows it", async () => {
    const { store, ada } = subject();
    const { threadId, input, run } = await begin(ada);
    const answer: Message = { id: "m", role: "assistant", content: "done \u0000 \ud800" };
    const ending = [{ run, entries: [custom(2)], end: { ...finished(answer), state: { step: 2 } } }];
    expect(await store.append(ada.tenantId, ending)).toMatchObject([{ outcome: "stored" }]);
    expect(await store.append(ada.tenantId, ending)).toMatchObject([{ outcome: "stored" }]);
    expect(await store.append(ada.tenantId, [{ run, entries: [custom(3)] }])).toMatchObject([{ outcome: "lost" }]);
    const thread = await store.snapshot(ada, threadId);
    expect(JSON.parse(thread?.messages ?? "")).toEqual([...input.messages, answer]);
    expect(JSON.parse(thread?.state ?? "")).toEqual({ step: 2 });
    expect(thread?.last).toMatchObject({ status: "finished", clientRunId: input.runId });
  });

  test("runs that end with one batch each get their own end, and one that was taken over gets none", async () => {
    const { store, ada, ben } = subject();
    const [first, second, lost] = [await begin(ada), await begin(ben), await begin(ada, "lost", randomUUID())];
    const held = { runId: lost.run.runId, tenantId: ada.tenantId, token: 1, stopRequested: false };
    await store.claim(held, randomUUID());
    const ending = [first, second, lost].map(({ run }, i) => ({
      run,
      entries: [custom(2)],
      end: { ...finished({ id: `m${i}`, role: "assistant" as const, content: `answer ${i}` }), state: { i } },
    }));
    // Once more, as after an answer that got lost.
    for (let i = 0; i < 2; i++) {
      const outcomes = (await store.append(ada.tenantId, ending)).map(({ outcome }) => outcome);
      expect(outcomes).toEqual(["stored", "stored", "lost"]);
    }
    for (const [i, { threadId, input }] of [first, second].entries()) {
      const thread = await store.snapshot(ada, threadId);
      expect(JSON.parse(thread?.messages ?? "")).toEqual([
        ...input.messages,
        { id: `m${i}`, role: "assistant", content: `answer ${i}` },
      ]);
      expect(thread).toMatchObject({ state: JSON.stringify({ i }), last: { status: "finished" } });
    }
    const taken = await store.snapshot(ada, lost.threadId);
    expect(JSON.parse(taken?.messages ?? "")).toEqual(lost.input.messages);
    expect(taken?.last).toMatchObject({ status: "running" });
  });

  test("a later run changes an earlier message in its place", async () => {
    const { store, ada } = subject();
    const { threadId, input, run } = await begin(ada);
    const [question] = input.messages as [Message];
    const corrected: Message = { ...question, role: "user", content: "corrected" };
    await store.append(ada.tenantId, [
      { run, entries: [custom(2)], end: finished({ id: "m", role: "assistant", content: "a" }, corrected) },
    ]);
    const messages = JSON.parse((await store.snapshot(ada, threadId))?.messages ?? "") as Message[];
    expect(messages.map(({ content }) => content)).toEqual(["corrected", "a"]);
  });

  test("a stop is the owner's, is told to the writer, and can name its run", async () => {
    const { store, ada, ben } = subject();
    const { threadId, input, run } = await begin(ben);
    expect(await store.requestStop(ada, threadId)).toBeNull();
    expect(await store.requestStop(ben, threadId, "another")).toBeNull();
    expect(await store.requestStop(ben, threadId, input.runId)).toBe(run.runId);
    expect(await store.append(ben.tenantId, [{ run, entries: [custom(2)] }])).toMatchObject([{ stopRequested: true }]);
    await store.append(ben.tenantId, [{ run, entries: [custom(3)], end: { status: "stopped", messages: [] } }]);
    expect(await store.requestStop(ben, threadId)).toBeNull();
  });

  test("a run belongs to its node while that is alive, then to whoever claims it first", async () => {
    const { store, ada } = subject();
    const owner = randomUUID();
    await store.heartbeat(owner, 60_000);
    const { run } = await begin(ada, "go", owner);
    const held = { runId: run.runId, tenantId: run.tenantId, token: 1, stopRequested: false };
    expect((await store.heartbeat(owner, 60_000)).mine).toEqual([held]);
    const other = randomUUID();
    expect((await store.heartbeat(other, 60_000)).orphans).not.toContainEqual(held);
    expect(await store.claim(held, other)).toBeNull();
    await store.leave(owner);
    expect((await store.heartbeat(other, 60_000)).orphans).toContainEqual(held);
    const claims = await Promise.all([other, randomUUID()].map((nodeId) => store.claim(held, nodeId)));
    const [claimed] = claims.filter((claim) => claim !== null);
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    expect(claimed).toMatchObject({ run: { ...run, token: 2 }, stopRequested: false, position: 1 });
    expect(claimed?.events.map(({ seq }) => seq)).toEqual([1]);
    expect(claimed?.history).toHaveLength(1);
    expect(await store.append(ada.tenantId, [{ run, entries: [custom(2)] }])).toMatchObject([{ outcome: "lost" }]);
  });

  test("a thread is seen by its owner and an admin of the tenant", async () => {
    const { store, ada, ben, gus } = subject();
    const { threadId, run } = await begin(ben);
    expect(await store.threadOwner(ada, threadId)).toBe("ben");
    expect(await store.threadOwner(gus, threadId)).toBeNull();
    expect(await store.snapshot(gus, threadId)).toBeNull();
    expect(await store.runningRun(ben, threadId)).toBe(run.runId);
    expect(await store.runningRun(gus, threadId)).toBeNull();
    expect((await store.snapshot(ada, threadId))?.last).toMatchObject({ status: "running", head: 1 });
  });

  test("events are pruned when their time is over, and the thread stays", async () => {
    const { store, ada } = subject();
    const { threadId, run } = await begin(ada);
    await store.append(ada.tenantId, [
      { run, entries: [custom(2)], end: finished({ id: "m", role: "assistant", content: "a" }) },
    ]);
    const before = await store.snapshot(ada, threadId);
    while ((await store.prune(-60_000)) > 0);
    expect(await store.read(ada.tenantId, [{ runId: run.runId, after: 0 }], 10)).toEqual([]);
    expect((await store.snapshot(ada, threadId))?.messages).toEqual(before?.messages);
  });
});

test("each tenant keeps events for as long as it says", async () => {
  const { store, ada, gus, createThread } = subjects.postgres as Subject;
  const endedThreeHoursAgo = async (caller: TenantContext) => {
    const threadId = await createThread(caller);
    const [runId, nowMs] = [newId("run"), Date.now()];
    const input = inputFor(threadId, "go");
    const { run } = await store.admit({ caller, nodeId: "node", runId, agent: "a", input, nowMs });
    await store.append(caller.tenantId, [{ run, entries: [custom(2)], end: finished() }]);
    await cluster.database.doors.withRunner(caller.tenantId, (tx) =>
      tx.execute(sql`update flightdeck.runs set finished_at = now() - interval '3 hours' where id = ${runId}`),
    );
    return async () => (await store.read(caller.tenantId, [{ runId, after: 0 }], 10)).length;
  };
  await changeSettings(ada, { runEventsKeepHours: 2 }, cluster.database.doors);
  await changeSettings(gus, { runEventsKeepHours: 4 }, cluster.database.doors);
  const [adas, guss] = [await endedThreeHoursAgo(ada), await endedThreeHoursAgo(gus)];
  while ((await store.prune(24 * 3_600_000)) > 0);
  expect([await adas(), await guss()]).toEqual([0, 2]);
});
