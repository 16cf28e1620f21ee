import { type BaseEvent, EventType, type RunAgentInput, verifyEvents } from "@ag-ui/client";
import { LLMock } from "@copilotkit/aimock";
import { lastValueFrom, toArray } from "rxjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CITATIONS_ACTIVITY, citationsActivitySchema, searchToolResultSchema } from "@/contract/knowledge";
import { demoTenants, listDemoDocuments } from "@/db/seed/demo";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { getDocument } from "@/lib/knowledge/documents";
import { ingestDocument } from "@/lib/knowledge/ingest";
import { type ChatModel, offlineModel, openAiModel } from "@/lib/models/registry";
import { createThread } from "@/lib/threads/create-thread";
import { getThread } from "@/lib/threads/get-thread";
import { createTestDatabase, type TestDatabase } from "../../../test/database";
import { Copilot } from "../copilot";
import { knowledgeCopilot } from "./copilot";

let database: TestDatabase;
let mock: LLMock;
const identities: Record<string, RequestIdentity> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  for (const { slug, name } of demoTenants) {
    const userId = `admin of ${slug}`;
    const tenantId = await database.provision({
      slug,
      name,
      members: [{ userId, email: `a@${slug}.test`, role: "admin" }],
    });
    identities[slug] = { userId, email: `a@${slug}.test`, tenantId, tenantSlug: slug, tenantName: name, role: "admin" };
    for (const file of await listDemoDocuments(slug)) await ingestDocument(identities[slug], file);
  }
  mock = new LLMock({ port: 0 });
  await mock.start();
}, 120_000);

afterAll(async () => {
  await mock.stop();
  await database.drop();
});

const offline = (): ChatModel => offlineModel(100_000);
const real = (): ChatModel => openAiModel("openai", "test", `${mock.url}/v1`, "gpt-4o");

async function ask(slug: string, question: string, model: () => ChatModel = offline) {
  const identity = identities[slug];
  if (!identity) throw new Error(`no tenant ${slug}`);
  const thread = await createThread(identity, "knowledge");
  const input: RunAgentInput = {
    threadId: thread.id,
    runId: crypto.randomUUID(),
    state: {},
    messages: [{ id: "u1", role: "user", content: question }],
    tools: [],
    context: [],
    forwardedProps: {},
  };
  const events = await lastValueFrom(
    new Copilot(knowledgeCopilot, identity, { models: () => [model()] })
      .run(input)
      .pipe(verifyEvents(false), toArray()),
  );
  const of = <T>(type: EventType) => events.filter((event) => event.type === type) as (BaseEvent & T)[];
  const activity = of<{ activityType: string; content: unknown }>(EventType.ACTIVITY_SNAPSHOT).find(
    (event) => event.activityType === CITATIONS_ACTIVITY,
  );
  return {
    threadId: thread.id,
    identity,
    events,
    last: events.at(-1) as BaseEvent & { code?: string; message?: string },
    text: of<{ delta: string }>(EventType.TEXT_MESSAGE_CONTENT)
      .map((event) => event.delta)
      .join(""),
    results: of<{ content: string }>(EventType.TOOL_CALL_RESULT).map((event) => JSON.parse(event.content)),
    citations: activity ? citationsActivitySchema.parse(activity.content) : null,
  };
}

test("a question is searched, answered from the tenant's documents, and each citation stands in the stored text", async () => {
  const { text, results, citations, last, threadId, identity } = await ask("acme", "What is the return window?");
  expect(searchToolResultSchema.parse(results[0]).answered).toBe(true);
  expect(text).toMatch(/30 days from delivery.*\[\d+\]/s);
  expect(citations?.citations.length).toBeGreaterThan(0);
  expect(citations?.unverified).toEqual([]);
  for (const { documentId, quote, startChar, endChar } of citations?.citations ?? []) {
    expect((await getDocument(identity, documentId))?.text.slice(startChar, endChar)).toBe(quote);
  }
  expect(last.type).toBe(EventType.RUN_FINISHED);
  await expect.poll(async () => (await getThread(identity, threadId))?.thread.title).toBe("What is the return window");
});

test("the same question in another tenant is answered from that tenant's documents only", async () => {
  const { text } = await ask("globex", "What is the return window?");
  expect(text).toContain("90 days");
  expect(text).not.toContain("30 days from delivery");
});

test("what the documents do not hold is not answered", async () => {
  const { text, citations } = await ask("acme", "Who won the football world cup in 1998?");
  expect(text).toMatch(/^I could not find this in your documents\./);
  expect(citations).toBeNull();
});

test("a real provider's client goes through the same code: tool call, result, cited text", async () => {
  mock.on(
    { userMessage: "warranty", hasToolResult: false },
    { toolCalls: [{ name: "search_documents", arguments: JSON.stringify({ query: "warranty period" }) }] },
  );
  mock.on(
    { userMessage: "warranty", hasToolResult: true },
    { content: "The warranty runs 24 months [1]. It is also golden [99]." },
  );
  const { text, citations, results, events } = await ask("acme", "How long is the warranty?", real);
  expect(text).toBe("The warranty runs 24 months [1]. It is also golden [99].");
  expect(results[0].passages[0].n).toBe(1);
  expect(citations?.citations.map(({ n }) => n)).toEqual([1]);
  expect(citations?.unverified).toEqual([99]);
  expect(events.filter((event) => event.type === EventType.TOOL_CALL_START)).toHaveLength(1);
});

test("a provider's failure shows our words and none of theirs", async () => {
  mock.on(
    { userMessage: "explode" },
    { error: { message: "secret upstream detail sk-123", type: "server_error", code: "server_error" }, status: 500 },
  );
  const { last, events } = await ask("acme", "explode", real);
  expect(last.type).toBe(EventType.RUN_ERROR);
  expect(last.code).toBeTruthy();
  expect(JSON.stringify(events)).not.toContain("sk-123");
});
