import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asStore, MemoryRunDatabase } from "@/test/memory-run-store";
import { inputFor } from "@/test/run-cluster";
import { ScriptedAgent, streamText } from "@/test/scripted-agent";
import { PostgresAgentRunner } from "./runner";

/** What happens between CopilotKit's handler and a database that takes its time over one admission. */
const ADA = { tenantId: "acme", userId: "ada", role: "member" } as const;
const THREAD = "thr_1";

let database: MemoryRunDatabase;
let runner: PostgresAgentRunner;
let commit: PromiseWithResolvers<void>;
let slow = false;

beforeEach(async () => {
  commit = Promise.withResolvers();
  commit.promise.catch(() => {});
  database = new MemoryRunDatabase(() => Date.now());
  database.createThread(THREAD, ADA);
  const store = asStore(database, async (call) => {
    const result = call();
    if (slow) await commit.promise;
    return result;
  });
  const signals = { listen: async () => {}, close: async () => {} };
  runner = new PostgresAgentRunner({ identity: () => ADA }, store, signals);
  await runner.start();
});

afterEach(async () => {
  slow = false;
  commit.resolve();
  await runner.close();
});

const word = new AsyncLocalStorage<string>();
const agent = () => new ScriptedAgent((stage) => streamText(stage, `said ${word.getStore()}`, 1, 1));

/** A request whose admission is stored when `commit` says so. */
function ask(runs: ScriptedAgent, handled: () => void) {
  return runner.serve(async () => {
    slow = true;
    const { input } = await runner.admit({ agentId: "scripted", body: inputFor(THREAD, "hi") });
    slow = false;
    word.run("here", () => runner.run({ threadId: THREAD, agent: runs, input }));
    handled();
    return new Response(null, { headers: { "content-type": "text/event-stream" } });
  });
}

test("the handler works while the run is being stored, and only then the agent is called, where it was asked for", async () => {
  const runs = agent();
  const handled = Promise.withResolvers<void>();
  let answered = false;
  const asked = ask(runs, handled.resolve).then((response) => {
    answered = true;
    return response;
  });
  await handled.promise;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect({ called: runs.inputs.length, answered }).toEqual({ called: 0, answered: false });
  commit.resolve();
  const events = await (await asked).text();
  expect(runs.inputs).toHaveLength(1);
  expect(events).toContain("said here");
});

test("a run that could not be stored is refused, and its agent never called", async () => {
  const runs = agent();
  const asked = ask(runs, () => commit.reject(new Error("connection reset")));
  await expect(asked).rejects.toThrow("connection reset");
  expect(runs.inputs).toEqual([]);
  expect(database.runsOf(THREAD)).toEqual([]);
  expect(runner.activity).toEqual({ executing: 0, feeds: 0 });
});

test("a handler that fails while its run is being stored gives the thread back", async () => {
  const asked = runner.serve(async () => {
    slow = true;
    await runner.admit({ agentId: "scripted", body: inputFor(THREAD, "hi") });
    slow = false;
    throw new Error("no such agent");
  });
  asked.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(database.runsOf(THREAD)).toHaveLength(1);
  commit.resolve();
  await expect(asked).rejects.toThrow("no such agent");
  expect(database.runsOf(THREAD)).toEqual([]);
});

test("streamed without a handler, what was begun comes as frames; what was not begun is given back", async () => {
  const runs = agent();
  slow = true;
  const streaming = runner.stream(async () => {
    const { input } = await runner.admit({ agentId: "scripted", body: inputFor(THREAD, "hi") });
    slow = false;
    word.run("there", () => runner.run({ threadId: THREAD, agent: runs, input }));
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs.inputs).toHaveLength(0);
  commit.resolve();
  let events = "";
  for await (const batch of (await streaming)(new AbortController().signal)) events += batch.join();
  expect(events).toContain("said there");
  expect(events).toContain("RUN_FINISHED");

  const refused = runner.stream(async () => {
    await runner.admit({ agentId: "scripted", body: inputFor(THREAD, "again") });
    throw new Error("changed my mind");
  });
  await expect(refused).rejects.toThrow("changed my mind");
  expect(database.runsOf(THREAD)).toHaveLength(1);
  await expect(runner.stream(async () => {})).rejects.toThrow("nothing was begun");
});

test("a thread that is not the caller's own is not opened", async () => {
  database.createThread("thr_2", { ...ADA, userId: "ben" });
  for (const threadId of ["thr_2", "thr_unknown", 7]) {
    const opened = runner.serve(async () => {
      await runner.openThread({ threadId });
      return new Response();
    });
    await expect(opened).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(runner.openThread({ threadId: THREAD })).rejects.toThrow("inside serve");
  await expect(runner.admit({ agentId: "a", body: inputFor(THREAD, "hi") })).rejects.toThrow("inside serve");
});
