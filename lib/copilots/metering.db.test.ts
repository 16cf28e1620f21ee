import { type AGUIEvent, type BaseEvent, EventType, type Message } from "@ag-ui/client";
import { tool } from "ai";
import { lastValueFrom, toArray } from "rxjs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { BUDGET_EVENT, TOKEN_UPDATE_EVENT, type TokenUpdate, tokenUpdateSchema } from "@/contract/usage";
import { announceContext } from "@/lib/context/announce";
import { RunContext } from "@/lib/context/run-context";
import { loadThreadContext } from "@/lib/context/thread-context";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { createModelHealth } from "@/lib/models/model-health";
import { openAiModel } from "@/lib/models/registry";
import { setBudget } from "@/lib/usage/budgets";
import { listUsage } from "@/lib/usage/report";
import { createRunMeter, type RunMeterParts } from "@/lib/usage/run-meter";
import { clearOfMidnight } from "@/test/clear-of-midnight";
import { collect, createRunCluster, inputFor, type RunCluster, until } from "@/test/run-cluster";
import { ScriptedAgent } from "@/test/scripted-agent";
import { startWireFaultServer, type WireFaultServer } from "@/test/wire-fault-server";
import { Copilot, type CopilotDefinition } from "./copilot";

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
  id: "plain",
  description: "",
  begin: () => ({ instructions: "Answer.", tools: {} }),
};

type Prices = RunMeterParts["prices"];

function copilot(modelId = "gpt-4", played = definition, prices?: Prices): Copilot {
  const identity = { ...cluster.ada, email: "", tenantSlug: "acme", tenantName: "Acme" } as RequestIdentity;
  const { doors } = cluster.database;
  return new Copilot(played, identity, {
    models: () => [openAiModel("openai", "test", provider.baseURL, modelId)],
    health: createModelHealth(),
    meter: (run, onWarning) => createRunMeter(run, { doors, prices, onWarning }),
    context: (parts) => RunContext.open({ ...parts, doors }),
  });
}

async function ask(threadId: string, messages: Message[], ...played: Parameters<typeof copilot>): Promise<AGUIEvent[]> {
  const input = { ...inputFor(threadId), messages };
  return (await lastValueFrom(
    copilot(...played)
      .run(input)
      .pipe(toArray<BaseEvent>()),
  )) as AGUIEvent[];
}

const question = (content: string): Message[] => [{ id: crypto.randomUUID(), role: "user", content }];
const customs = (events: AGUIEvent[], name: string) =>
  events.flatMap((event) => (event.type === EventType.CUSTOM && event.name === name ? [event.value] : []));
const meterOf = (events: AGUIEvent[]): TokenUpdate[] =>
  customs(events, TOKEN_UPDATE_EVENT).map((value) => tokenUpdateSchema.parse(value));

test("a run tells how full the window is before and after, what it cost, and counts it for the tenant", async () => {
  const threadId = await cluster.createThread(cluster.ada);
  provider.play({ text: "It is sunny." });
  const events = await ask(threadId, question("How is the weather?"));
  const [sent, answered] = meterOf(events);
  expect(sent).toMatchObject({ measured: false, context_window: 8_192, estimated_cost_usd: 0 });
  expect(sent?.tokens_used).toBeGreaterThan(5);
  // The provider counted 100 and 20.
  expect(answered).toMatchObject({ measured: true, tokens_used: 120, tokens_remaining: 8_072 });
  const parts = Object.values(answered?.breakdown ?? {}).reduce((sum, tokens) => sum + tokens, 0);
  expect(Math.abs(parts - 120)).toBeLessThanOrEqual(3);
  expect(events.at(-1)).toMatchObject({
    usage: [{ provider: "openai", model: "gpt-4", inputTokens: 100, outputTokens: 20 }],
  });
  const period = { from: new Date(0), to: new Date(Date.now() + 60_000) };
  const lines = await listUsage(cluster.ada, period, cluster.database.doors);
  expect(lines).toMatchObject([{ agent: "plain", calls: 1, inputTokens: 100, outputTokens: 20 }]);
});

test("whoever opens the thread later is told the meter again", async () => {
  const threadId = await cluster.createThread(cluster.ada);
  provider.play({ text: "It is sunny." });
  await ask(threadId, question("How is the weather?"));
  const { doors } = cluster.database;
  await until(async () => (await loadThreadContext(cluster.ada, threadId, doors)).meter !== null);
  const node = await cluster.startNode(cluster.ada, {
    announce: (reader, id) => announceContext(reader, id, doors),
  });
  await collect(node.run({ threadId, agent: new ScriptedAgent(() => []), input: inputFor(threadId, "hello") }));
  const opened = await collect(node.connect({ threadId }));
  expect(meterOf(opened)).toMatchObject([{ tokens_used: 120 }]);
  expect(opened.at(-1)?.type).toBe(EventType.RUN_FINISHED);
});

test("a long thread is condensed, the page is told where, a model summarises it, and the next run starts from there", async () => {
  const threadId = await cluster.createThread(cluster.ada);
  const words = "The grippers are in stock and leave the warehouse within two days. ".repeat(20);
  const thread: Message[] = Array.from({ length: 60 }, (_, n) => [
    {
      id: `q${n}`,
      role: "user" as const,
      content: n === 3 ? "My order is ORD-7781, remember that." : `Question ${n}?`,
    },
    { id: `a${n}`, role: "assistant" as const, content: words },
  ]).flat();
  provider.play({ text: "It was ORD-7781." }, { text: "They spoke about grippers in stock." });
  const events = await ask(threadId, [...thread, ...question("Which was my order?")]);
  const sent = JSON.stringify(provider.requests[0]?.messages);
  expect(sent).toContain("ORD-7781");
  const { compacted, context_utilization } = meterOf(events)[0] ?? {};
  expect(context_utilization).toBeLessThanOrEqual(0.7);
  expect(compacted?.messages).toBeGreaterThan(80);
  expect(compacted?.throughMessageId).toBe(thread[(compacted?.messages ?? 0) - 1]?.id);

  const { doors } = cluster.database;
  await until(async () => (await loadThreadContext(cluster.ada, threadId, doors)).digest?.by === "model");
  expect(JSON.stringify(provider.requests[1]?.messages)).toContain("condense");
  provider.play({ text: "Yes." });
  await ask(threadId, [...thread, ...question("Sure?")]);
  expect(JSON.stringify(provider.requests[2]?.messages)).toContain("They spoke about grippers in stock.");
});

test("a budget warns, and then refuses before any model is asked, with the time at which it is free again", async () => {
  await clearOfMidnight();
  const { doors } = cluster.database;
  const limit = (softUsd: number | null, hardUsd: number | null) =>
    setBudget(cluster.ada, { subject: cluster.ada.userId, period: "day", softUsd, hardUsd }, doors);
  const threadId = await cluster.createThread(cluster.ada);
  // What the answer may come to, about 16 cents, is more than the soft limit and less than the hard one.
  await limit(0.01, 100);
  provider.play({ text: "A little." });
  const warned = await ask(threadId, question("How much?"), "gpt-4o");
  expect(customs(warned, BUDGET_EVENT)).toMatchObject([{ period: "day", scope: "member" }]);
  expect(warned.at(-1)?.type).toBe(EventType.RUN_FINISHED);
  expect(provider.requests[0]).toMatchObject({ max_tokens: 16_384 });

  // Nine tenths of a cent are left, and not enough for 512 tokens of this one.
  await limit(null, 0.01);
  const refused = await ask(threadId, question("How much now?"), "gpt-5.5-pro");
  expect(refused.at(-1)).toMatchObject({ type: EventType.RUN_ERROR, code: "budget_exhausted" });
  expect((refused.at(-1) as { retryAfterMs?: number }).retryAfterMs).toBeGreaterThan(0);
  expect(provider.requests).toHaveLength(1);
  // A cheaper one gets what is left: 955 of these tokens.
  provider.play({ text: "A little." });
  expect((await ask(threadId, question("And shorter?"), "gpt-4o")).at(-1)?.type).toBe(EventType.RUN_FINISHED);
  expect(provider.requests[1]?.max_tokens).toBeGreaterThan(512);
  expect(provider.requests[1]?.max_tokens).toBeLessThanOrEqual(955);
  await limit(null, null);
});

test("a tenant's own price and what its tools cost are counted", async () => {
  const threadId = await cluster.createThread(cluster.ada);
  provider.play({ call: { name: "web_search", arguments: '{"q":"weather"}' } }, { text: "It is sunny." });
  const prices = async () => ({ tenant: { "llama-4": { input: 1, output: 10 } }, tools: { web_search: 0.01 } });
  const { doors } = cluster.database;
  const searching: CopilotDefinition = {
    ...definition,
    id: "searching",
    begin: () => ({
      instructions: "Answer.",
      tools: { web_search: tool({ inputSchema: z.object({ q: z.string() }), execute: async () => "sunny" }) },
    }),
  };
  const events = await ask(threadId, question("How is the weather?"), "llama-4", searching, prices);
  // Two calls of 100 tokens in and 20 out, and one search.
  expect(meterOf(events).at(-1)?.estimated_cost_usd).toBeCloseTo(2 * 0.0003 + 0.01, 9);
  const period = { from: new Date(0), to: new Date(Date.now() + 60_000) };
  const lines = await listUsage(cluster.ada, period, doors);
  expect(lines.find(({ agent }) => agent === "searching")).toMatchObject({
    calls: 2,
    costUsd: 0.0106,
    unpricedCalls: 0,
  });
});
