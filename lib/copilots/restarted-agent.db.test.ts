import { EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OrphanRun } from "@/lib/runs/run-executor";
import {
  ask,
  collect,
  createRunCluster,
  inputFor,
  messagesOf,
  type RunCluster,
  TAKEN_OVER_SOON,
  until,
} from "@/test/run-cluster";
import { ScriptedAgent, streamText } from "@/test/scripted-agent";
import { RestartedAgent } from "./restarted-agent";

let cluster: RunCluster;

beforeAll(async () => {
  cluster = await createRunCluster();
});

afterAll(async () => {
  await cluster.closeNodes();
  await cluster.drop();
});

test("an answer whose process died is given again, once and whole, to who watches and to who comes later", async () => {
  const { ada } = cluster;
  const resumeOrphan = async (_orphan: OrphanRun, resume: (agent: RestartedAgent) => void) =>
    resume(new RestartedAgent(new ScriptedAgent((stage) => streamText(stage, "whole", 5, 2))));
  const { node, suspend } = await cluster.startMortalNode(ada, { limits: TAKEN_OVER_SOON });
  const other = await cluster.startNode(ada, { resumeOrphan, limits: TAKEN_OVER_SOON });
  const threadId = await cluster.createThread(ada);
  const half = ask(node, new ScriptedAgent((stage) => streamText(stage, "half", 20_000, 5)), inputFor(threadId, "go"));
  await new Promise<void>((resolve) => {
    half.subscribe({ next: ({ type }) => type === EventType.TEXT_MESSAGE_CONTENT && resolve(), error: () => {} });
  });
  const joined = collect(other.connect({ threadId }));
  await until(() => other.readers === 1);
  suspend();
  const events = await joined;
  expect(events.at(-1)?.type).toBe(EventType.RUN_FINISHED);
  const said = (list: typeof events) => messagesOf(list).map(({ role, id }) => `${role} ${role === "user" ? "" : id}`);
  expect(said(events)).toEqual(["user ", "assistant whole"]);
  expect(said(await collect(other.connect({ threadId })))).toEqual(["user ", "assistant whole"]);
});
