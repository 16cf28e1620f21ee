import { type AGUIEvent, EventType, type Message } from "@ag-ui/client";
import { tool } from "ai";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { RECOVERY_ACTIVITY } from "@/contract/failures";
import { RunContext } from "@/lib/context/run-context";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { freeMeter } from "@/lib/models/call-meter";
import { createModelHealth } from "@/lib/models/model-health";
import { openAiModel } from "@/lib/models/registry";
import { ask, collect, createRunCluster, inputFor, messagesOf, type RunCluster, until } from "@/test/run-cluster";
import { startWireFaultServer, type WireFaultServer } from "@/test/wire-fault-server";
import { Copilot, type CopilotDefinition } from "./copilot";
import { describeFailure } from "./describe-failure";

// What a failure leaves behind in a durable run: the stored thread, and what the next run sends upstream.

let cluster: RunCluster;
let provider: WireFaultServer;

beforeAll(async () => {
  cluster = await createRunCluster();
  provider = await startWireFaultServer();
});
afterAll(async () => {
  await cluster.closeNodes();
  await provider.close();
  await cluster.drop();
});
beforeEach(() => provider.clear());

const definition: CopilotDefinition = {
  id: "weather",
  description: "",
  begin: () => ({
    instructions: "Say what the weather is.",
    tools: { look: tool({ inputSchema: z.object({ city: z.string() }), execute: async () => ({ sky: "sunny" }) }) },
  }),
};

const copilot = () =>
  new Copilot(definition, { ...cluster.ada, email: "", tenantSlug: "", tenantName: "" } as RequestIdentity, {
    models: () => [openAiModel("openai", "test", provider.baseURL, "first")],
    health: createModelHealth(),
    meter: () => freeMeter,
    context: async ({ thread }) => RunContext.inMemory(thread),
  });
const startNode = () => cluster.startNode(cluster.ada, { describeError: describeFailure });
const PARIS = { name: "look", arguments: '{"city": "Paris"}' };
const wordsOf = (messages: Message[]) =>
  messages.flatMap(({ role, content }) => (role === "assistant" && content ? [content] : []));
const openedOn = async (node: Awaited<ReturnType<typeof startNode>>, threadId: string) =>
  messagesOf(await collect(node.connect({ threadId })));

test("an answer that broke off in its text and in its call is stored once, whole, with its receipt", async () => {
  const node = await startNode();
  const threadId = await cluster.createThread(cluster.ada);
  provider.play(
    { text: "I shall check that now. ", call: PARIS, fault: { at: "arguments", fault: { kind: "reset" } } },
    { text: "Something else entirely. ", fault: { at: "text", fault: { kind: "early_end" } } },
    { text: "Looking.", call: PARIS },
    { text: "It is sunny." },
  );
  const events = await collect(ask(node, copilot(), inputFor(threadId, "How is it in Paris?")));
  const live = messagesOf(events);
  expect(wordsOf(live)).toEqual(["Looking.", "It is sunny."]);
  const stored = await openedOn(node, threadId);
  expect(stored).toEqual(live);
  expect(stored.filter(({ role }) => role === "tool")).toHaveLength(1);
  expect(stored.some((message) => message.role === "activity" && message.activityType === RECOVERY_ACTIVITY)).toBe(
    true,
  );
});

test("a failure reaches whoever watches with its name, its wait and a trace id, and the thread goes on", async () => {
  const node = await startNode();
  const threadId = await cluster.createThread(cluster.ada);
  provider.play({
    fault: { at: "before", fault: { kind: "status", status: 429, body: {}, headers: { "retry-after": "90" } } },
  });
  const events = await collect(ask(node, copilot(), inputFor(threadId, "How is it?")));
  expect(events.at(-1)).toMatchObject({
    type: EventType.RUN_ERROR,
    code: "rate_limit",
    retryAfterMs: 90_000,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(JSON.stringify(events)).not.toMatch(/retry-after|127\.0\.0\.1/);
  provider.play({ text: "It is sunny." });
  const again = messagesOf(await collect(ask(node, copilot(), inputFor(threadId))));
  expect(wordsOf(again)).toEqual(["It is sunny."]);
});

test("a stop in the middle of a call leaves a thread that every provider accepts", async () => {
  const node = await startNode();
  const threadId = await cluster.createThread(cluster.ada);
  provider.play({ text: "Checking. ", call: PARIS, fault: { at: "arguments", fault: { kind: "stall" } } });
  const events: AGUIEvent[] = [];
  const done = new Promise<void>((resolve, reject) =>
    ask(node, copilot(), inputFor(threadId, "How is it?")).subscribe({
      next: (event) => void events.push(event as AGUIEvent),
      error: reject,
      complete: resolve,
    }),
  );
  await until(() => events.some(({ type }) => type === EventType.TOOL_CALL_ARGS));
  expect(await node.stop({ threadId })).toBe(true);
  await done;
  expect(events.at(-1)?.type).toBe(EventType.RUN_FINISHED);

  provider.play({ text: "It is sunny." });
  await collect(ask(node, copilot(), inputFor(threadId, "And now?")));
  const { messages } = provider.requests.at(-1) ?? { messages: [] };
  const calls = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
  expect(messages.flatMap(({ tool_call_id }) => (tool_call_id ? [tool_call_id] : []))).toEqual(calls);
  expect(calls).toHaveLength(1);
});

test("a run goes on when everybody leaves it, and a stop from another process closes the connection to the provider", async () => {
  const [node, other] = [await startNode(), await startNode()];
  const threads = await Promise.all(Array.from({ length: 4 }, () => cluster.createThread(cluster.ada)));
  provider.play(
    ...threads.map(() => ({ text: "Checking. ", fault: { at: "text", fault: { kind: "stall" } } }) as const),
  );
  for (const threadId of threads) {
    const left = ask(node, copilot(), inputFor(threadId, "How is it?")).subscribe();
    left.unsubscribe();
  }
  await until(() => provider.connections.open === threads.length, 20_000);
  expect(provider.connections.abandoned).toBe(0);
  for (const threadId of threads) expect(await other.stop({ threadId })).toBe(true);
  await until(() => provider.connections.open === 0, 20_000);
  expect(provider.connections.abandoned).toBe(threads.length);
  await until(() => node.activity.executing === 0 && node.activity.feeds === 0);
});
