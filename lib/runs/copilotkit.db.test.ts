import { randomUUID } from "node:crypto";
import { HttpAgent } from "@ag-ui/client";
import { type AGUIEvent, EventType, type RunAgentInput } from "@ag-ui/core";
import { BuiltInAgent, CopilotRuntime, createCopilotRuntimeHandler } from "@copilotkit/runtime/v2";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { errorBody, errorStatus } from "@/lib/failures/app-error";
import { createRunCluster, inputFor, type RunCluster, until, wordsOf } from "@/test/run-cluster";
import { ScriptedAgent, streamText } from "@/test/scripted-agent";
import type { PostgresAgentRunner } from "./runner";

/** The runner behind CopilotKit's own handler, spoken to by the client's own agent: the parts that nobody of ours wrote. */
let cluster: RunCluster;

beforeAll(async () => {
  cluster = await createRunCluster();
});

afterEach(() => cluster.closeNodes());

afterAll(() => cluster.drop());

const BASE = "/api/copilotkit";
const ORIGIN = `http://localhost${BASE}`;

function endpoint(runner: PostgresAgentRunner, agents: ConstructorParameters<typeof CopilotRuntime>[0]["agents"]) {
  const handler = createCopilotRuntimeHandler({
    runtime: new CopilotRuntime({ agents, runner }),
    basePath: BASE,
    hooks: {
      onBeforeHandler: async ({ request, route }) => {
        try {
          if (route.method === "agent/run") {
            const { input } = await runner.admit({ agentId: route.agentId, body: await request.clone().json() });
            return new Request(request, { body: JSON.stringify(input) });
          }
          if (route.method === "agent/connect") {
            const { threadId } = (await request.clone().json()) as RunAgentInput;
            await runner.authorize({ threadId, access: "read" });
          }
          if (route.method === "agent/stop") await runner.authorize({ threadId: route.threadId, access: "write" });
        } catch (error) {
          throw Response.json(errorBody(error, "trace"), { status: errorStatus(error) });
        }
      },
    },
  });
  return (input: string | URL | Request, init?: RequestInit) =>
    runner.serve(() => handler(new Request(input as string, init)));
}

function client(fetch: ReturnType<typeof endpoint>, threadId: string): HttpAgent {
  return new HttpAgent({ url: `${ORIGIN}/agent/scripted/run`, threadId, fetch });
}

async function eventsOf(response: Response): Promise<AGUIEvent[]> {
  const frames = (await response.text()).split("\n\n").filter((frame) => frame.startsWith("data: "));
  return frames.map((frame) => JSON.parse(frame.slice(6)) as AGUIEvent);
}

const post = (path: string, body: unknown): [string, RequestInit] => [
  `${ORIGIN}${path}`,
  { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
];

test("the client's agent runs turns, and its history on the server is the one it shows", async () => {
  const runner = await cluster.startNode(cluster.ada);
  const threadId = await cluster.createThread(cluster.ada);
  const scripted = new ScriptedAgent((stage) => streamText(stage, randomUUID(), 3, 1));
  const agent = client(endpoint(runner, { scripted }), threadId);
  for (const words of ["one", "two"]) {
    agent.addMessage({ id: randomUUID(), role: "user", content: words });
    await agent.runAgent();
  }
  const shown = agent.messages.map(({ role, content }) => `${role}: ${content}`);
  expect(shown).toEqual(["user: one", "assistant: t0 t1 t2 ", "user: two", "assistant: t0 t1 t2 "]);
  const response = await endpoint(runner, { scripted })(...post("/agent/scripted/connect", inputFor(threadId)));
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(wordsOf(await eventsOf(response))).toEqual(shown);
});

test("a busy thread, a foreign thread and a malformed body get their coded answers", async () => {
  const runner = await cluster.startNode(cluster.ada);
  const threadId = await cluster.createThread(cluster.ada);
  const foreign = await cluster.createThread(cluster.ben);
  const fetch = endpoint(runner, { scripted: new ScriptedAgent((stage) => streamText(stage, "m", 100_000, 5)) });
  const first = await fetch(...post("/agent/scripted/run", inputFor(threadId, "go")));
  const answer = async (path: string, body: unknown) => {
    const response = await fetch(...post(path, body));
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };
  expect(await answer("/agent/scripted/run", inputFor(threadId, "again"))).toEqual([409, "thread_busy"]);
  expect(await answer("/agent/scripted/run", inputFor(foreign, "mine"))).toEqual([404, "not_found"]);
  expect(await answer("/agent/scripted/run", inputFor("thr_unknown", "hi"))).toEqual([404, "not_found"]);
  expect(await answer("/agent/scripted/run", { threadId, messages: "no" })).toEqual([422, "invalid_request"]);
  const nul = inputFor(threadId, "x", { runId: "a\u0000b" });
  expect(await answer("/agent/scripted/run", nul)).toEqual([422, "invalid_request"]);
  expect(await answer("/agent/scripted/connect", inputFor("thr_unknown"))).toEqual([404, "not_found"]);
  expect(await answer(`/agent/scripted/stop/${foreign}`, {})).toEqual([404, "not_found"]);
  const stopped = await fetch(...post(`/agent/scripted/stop/${threadId}`, {}));
  expect(await stopped.json()).toMatchObject({ stopped: true });
  expect((await eventsOf(first)).at(-1)).toMatchObject({ type: "RUN_FINISHED", result: { reason: "stopped" } });
});

test("an unknown agent leaves the thread free", async () => {
  const runner = await cluster.startNode(cluster.ada);
  const threadId = await cluster.createThread(cluster.ada);
  const fetch = endpoint(runner, { scripted: new ScriptedAgent((stage) => streamText(stage, "m", 3, 1)) });
  expect((await fetch(...post("/agent/nobody/run", inputFor(threadId, "go")))).status).toBe(404);
  expect((await fetch(...post("/agent/scripted/run", inputFor(threadId, "go")))).status).toBe(200);
});

test("CopilotKit's BuiltInAgent: its middlewares run, a stop aborts its signal, an early failure keeps its code", async () => {
  const runner = await cluster.startNode(cluster.ada);
  let aborted = false;
  const waiting = new BuiltInAgent({
    type: "custom",
    factory: async function* ({ abortSignal }) {
      yield { type: EventType.TEXT_MESSAGE_START, messageId: "m", role: "assistant" } as never;
      await new Promise<void>((resolve) => abortSignal.addEventListener("abort", () => resolve()));
      aborted = true;
    },
  });
  const failing = new BuiltInAgent({
    type: "custom",
    // biome-ignore lint/correctness/useYield: it fails before it says anything
    factory: async function* () {
      throw new Error("secret: sk-123");
    },
  });
  const seen: string[] = [];
  for (const agent of [waiting, failing]) {
    agent.use((input, next) => {
      seen.push(input.threadId);
      return next.run(input);
    });
  }
  const fetch = endpoint(runner, { waiting, failing });
  const [first, second] = [await cluster.createThread(cluster.ada), await cluster.createThread(cluster.ada)];
  const running = await fetch(...post("/agent/waiting/run", inputFor(first, "go")));
  await fetch(...post(`/agent/waiting/stop/${first}`, {}));
  expect((await eventsOf(running)).at(-1)).toMatchObject({ result: { reason: "stopped" } });
  await until(() => aborted);
  const failed = await eventsOf(await fetch(...post("/agent/failing/run", inputFor(second, "go"))));
  expect(JSON.stringify(failed)).not.toContain("sk-123");
  expect(failed.at(-1)).toMatchObject({ type: "RUN_ERROR", code: "internal" });
  expect(seen).toEqual([first, second]);
});

test("a thousand abrupt disconnects leave no listener, and the run goes on", { timeout: 60_000 }, async () => {
  const runner = await cluster.startNode(cluster.ada);
  const other = await cluster.startNode(cluster.ada);
  const threadId = await cluster.createThread(cluster.ada);
  const scripted = new ScriptedAgent((stage) => streamText(stage, "m", 100_000, 5));
  const [fetch, fetchElsewhere] = [endpoint(runner, { scripted }), endpoint(other, { scripted })];
  await (await fetch(...post("/agent/scripted/run", inputFor(threadId, "go")))).body?.cancel();
  for (let round = 0; round < 20; round++) {
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const response = await (i % 2 ? fetch : fetchElsewhere)(...post("/agent/scripted/connect", inputFor(threadId)));
        const reader = response.body?.getReader();
        if (i % 3 > 0) await reader?.read();
        await reader?.cancel();
      }),
    );
  }
  expect(await runner.isRunning({ threadId })).toBe(true);
  await until(() => other.activity.feeds === 0);
  expect(runner.activity).toEqual({ executing: 1, feeds: 1 });
  expect(cluster.database.pool.waitingCount).toBe(0);
  await runner.stop({ threadId });
  await until(() => runner.activity.feeds === 0 && runner.activity.executing === 0);
});
