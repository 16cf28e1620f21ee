import { setTimeout as sleep } from "node:timers/promises";
import { type BaseEvent, EventType } from "@ag-ui/core";
import pg from "pg";
import { tap } from "rxjs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import type { TenantContext } from "@/db/with-tenant";
import {
  ask,
  collect,
  createRunCluster,
  inputFor,
  messagesOf,
  type RunCluster,
  TAKEN_OVER_SOON,
  until,
  wordsOf,
} from "@/test/run-cluster";
import { ScriptedAgent, streamText, text, tool } from "@/test/scripted-agent";
import { createPostgresStore } from "./postgres/store";
import type { PostgresAgentRunner } from "./runner";

let cluster: RunCluster;
let ada: TenantContext;

beforeAll(async () => {
  cluster = await createRunCluster();
  ada = cluster.ada;
});

afterEach(() => cluster.closeNodes());

afterAll(() => cluster.drop());

/** What is taken over, and who takes over. */
const startMortalNode = () => cluster.startMortalNode(ada, { limits: TAKEN_OVER_SOON });
const startSurvivor = (options: Parameters<RunCluster["startNode"]>[1] = {}) =>
  cluster.startNode(ada, { ...options, limits: TAKEN_OVER_SOON });

/** Follows the thread's run from the moment at which there is one. Resolves when so many letters of an answer have come. */
async function follow(node: PostgresAgentRunner, threadId: string, letters = 1) {
  await until(() => node.isRunning({ threadId }));
  const enough = Promise.withResolvers<void>();
  let heard = 0;
  const hear = (event: BaseEvent) => {
    if (event.type === EventType.TEXT_MESSAGE_CONTENT) heard += (event as BaseEvent & { delta: string }).delta.length;
    if (heard >= letters) enough.resolve();
  };
  const ended = collect(node.connect({ threadId }).pipe(tap(hear)));
  await Promise.race([enough.promise, ended]);
  return { ended };
}

const slow = (count = 400) => new ScriptedAgent((stage) => streamText(stage, "answer", count, 5));
const tokens = (count: number) => Array.from({ length: count }, (_, i) => `t${i} `).join("");

test("when the owner dies, whoever watches elsewhere sees what was said and a proper ending, in time", async () => {
  const { node, suspend } = await startMortalNode();
  const other = await startSurvivor();
  const threadId = await cluster.createThread(ada);
  const agent = new ScriptedAgent(async function* (stage) {
    yield* [tool.start("call", "search_documents"), tool.args("call", "{}"), tool.end("call")];
    yield { type: EventType.STEP_STARTED, stepName: "answering" };
    yield* streamText(stage, "answer", 100_000, 5);
  });
  ask(node, agent, inputFor(threadId, "go")).subscribe({ error: () => {} });
  const { ended } = await follow(other, threadId, 60);
  suspend();
  const diedAt = Date.now();
  const events = await ended;
  // Far from for ever; how long it takes is measured in bench/, on a machine that does nothing else.
  expect(Date.now() - diedAt).toBeLessThan(20_000);
  expect(events.at(-1)).toMatchObject({ type: EventType.RUN_ERROR, code: "interrupted" });
  const answer = messagesOf(events).find(({ id }) => id === "answer");
  expect(tokens(100_000).startsWith(String(answer?.content))).toBe(true);
  expect(String(answer?.content).length).toBeGreaterThan(50);
  expect(messagesOf(events)).toContainEqual(expect.objectContaining({ role: "tool", toolCallId: "call" }));
  expect(messagesOf(events).at(-1)).toMatchObject({ role: "activity", content: { reason: "interrupted" } });
  expect(messagesOf(await collect(other.connect({ threadId })))).toEqual(messagesOf(events));
});

test("a zombie that wakes after the takeover cannot append, aborts its agent, and its readers get the real ending", async () => {
  const { node, suspend, wake } = await startMortalNode();
  const other = await startSurvivor();
  const threadId = await cluster.createThread(ada);
  const agent = slow(100_000);
  const watching = collect(ask(node, agent, inputFor(threadId, "go")));
  await follow(other, threadId);
  suspend();
  await until(async () => !(await other.isRunning({ threadId })));
  wake();
  const events = await watching;
  await until(() => agent.aborted === 1 && node.activity.executing === 0);
  expect(events.at(-1)).toMatchObject({ type: EventType.RUN_ERROR, code: "interrupted" });
  expect(wordsOf(await collect(other.connect({ threadId })))).toEqual(wordsOf(events));
});

test("a suspended process that wakes before anybody noticed goes on as if nothing had been", async () => {
  const { node, suspend, wake } = await cluster.startMortalNode(ada);
  const other = await cluster.startNode(ada);
  const threadId = await cluster.createThread(ada);
  const watching = collect(ask(node, slow(200), inputFor(threadId, "go")));
  await follow(other, threadId);
  suspend();
  await sleep(300);
  wake();
  expect(wordsOf(await watching).at(-1)).toBe(`assistant: ${tokens(200)}`);
  expect(wordsOf(await collect(other.connect({ threadId }))).at(-1)).toBe(`assistant: ${tokens(200)}`);
});

test("a stop that the dead owner never heard is honoured by whoever takes over", async () => {
  const { node, suspend } = await startMortalNode();
  const other = await startSurvivor();
  const threadId = await cluster.createThread(ada);
  ask(node, slow(100_000), inputFor(threadId, "go")).subscribe({ error: () => {} });
  await follow(other, threadId);
  suspend();
  expect(await other.stop({ threadId })).toBe(true);
  const events = await collect(other.connect({ threadId }));
  expect(messagesOf(events).at(-1)).toMatchObject({ role: "activity", content: { reason: "stopped" } });
});

test("an agent that can resume goes on in another process, in the same run", async () => {
  const second = new ScriptedAgent((stage) => streamText(stage, "after", 5, 2));
  const orphans: unknown[] = [];
  const resumeOrphan = async (orphan: { threadId: string; input: unknown }, resume: (agent: ScriptedAgent) => void) => {
    orphans.push(orphan.input);
    resume(second);
  };
  const { node, suspend } = await startMortalNode();
  const other = await startSurvivor({ resumeOrphan });
  const threadId = await cluster.createThread(ada);
  const input = inputFor(threadId, "go", { forwardedProps: { order: 7 } });
  const before = new ScriptedAgent((stage) => streamText(stage, "before", 100_000, 5));
  ask(node, before, input).subscribe({ error: () => {} });
  const { ended } = await follow(other, threadId);
  suspend();
  const events = await ended;
  expect(events.at(-1)).toMatchObject({ type: EventType.RUN_FINISHED, runId: input.runId });
  expect(
    messagesOf(events)
      .map(({ id }) => id)
      .slice(1),
  ).toEqual(["before", "after"]);
  expect(orphans).toEqual([expect.objectContaining({ forwardedProps: { order: 7 }, runId: input.runId })]);
});

test("killed connections and a lost listener cost nothing: every event arrives once, at every reader", async () => {
  const [node, other] = [await cluster.startNode(ada), await cluster.startNode(ada)];
  const threadId = await cluster.createThread(ada);
  const watching = collect(ask(node, slow(400), inputFor(threadId, "go")));
  const { ended: joined } = await follow(other, threadId);
  const admin = new pg.Client({ connectionString: cluster.database.adminUrl });
  await admin.connect();
  for (let round = 0; round < 6; round++) {
    await sleep(150);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  }
  await admin.end();
  const expected = ["user: go", `assistant: ${tokens(400)}`];
  expect(wordsOf(await watching)).toEqual(expected);
  expect(wordsOf(await joined)).toEqual(expected);
  expect(wordsOf(await collect(other.connect({ threadId })))).toEqual(expected);
});

test("a shutdown ends what it executes, and leaves resumable runs to others", async () => {
  const resumable = slow(100_000);
  resumable.resumable = true;
  const resumeOrphan = async (_orphan: unknown, resume: (agent: ScriptedAgent) => void) =>
    resume(new ScriptedAgent(() => [text.start("next"), text.delta("next", "done"), text.end("next")]));
  const [node, other] = [await startSurvivor({ resumeOrphan }), await startSurvivor({ resumeOrphan })];
  const [plainThread, resumableThread] = [await cluster.createThread(ada), await cluster.createThread(ada)];
  const plain = collect(ask(node, slow(100_000), inputFor(plainThread, "go")));
  ask(node, resumable, inputFor(resumableThread, "go")).subscribe({ error: () => {} });
  await until(() => node.isRunning({ threadId: plainThread }));
  const { ended: joined } = await follow(other, resumableThread);
  await node.close();
  expect((await plain).at(-1)).toMatchObject({ code: "interrupted" });
  expect(messagesOf(await joined).at(-1)).toMatchObject({ id: "next", content: "done" });
});

test("an admission that was neither begun nor released is ended by its own node", async () => {
  const node = await cluster.startNode(ada);
  const threadId = await cluster.createThread(ada);
  const store = createPostgresStore(cluster.database.doors);
  await store.admit({
    caller: ada,
    nodeId: node.nodeId,
    runId: newId("run"),
    agent: "scripted",
    input: inputFor(threadId, "go"),
    nowMs: Date.now(),
  });
  await until(async () => !(await node.isRunning({ threadId })));
  expect(messagesOf(await collect(node.connect({ threadId }))).at(-1)).toMatchObject({
    content: { reason: "interrupted" },
  });
});

test("an append may be repeated, and one under an old token is refused", async () => {
  const store = createPostgresStore(cluster.database.doors);
  const threadId = await cluster.createThread(ada);
  const { run } = await store.admit({
    caller: ada,
    nodeId: "nobody",
    runId: newId("run"),
    agent: "a",
    input: inputFor(threadId, "go"),
    nowMs: Date.now(),
  });
  const entries = [2, 3].map((seq) => ({ seq, json: `{"type":"CUSTOM","name":"n","value":${seq}}` }));
  expect(await store.append(ada.tenantId, [{ run, entries }])).toMatchObject([{ outcome: "stored" }]);
  expect(await store.append(ada.tenantId, [{ run, entries }])).toMatchObject([{ outcome: "stored" }]);
  const held = { runId: run.runId, tenantId: ada.tenantId, token: 1, stopRequested: false };
  const claims = await Promise.all(["b", "c", "d"].map((nodeId) => store.claim(held, nodeId)));
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  expect(await store.append(ada.tenantId, [{ run, entries: [{ seq: 4, json: "{}" }] }])).toMatchObject([
    { outcome: "lost" },
  ]);
  expect(await store.read(ada.tenantId, [{ runId: run.runId, after: 1 }], 10)).toHaveLength(2);
  const end = { status: "finished" as const, messages: [] };
  const taken = { ...run, token: 2 };
  const ending = [{ run: taken, entries: [{ seq: 4, json: '{"type":"RUN_FINISHED"}' }], end }];
  expect(await store.append(ada.tenantId, ending)).toMatchObject([{ outcome: "stored" }]);
  expect(await store.append(ada.tenantId, ending)).toMatchObject([{ outcome: "stored" }]);
});
