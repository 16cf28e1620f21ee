import {
  type AGUIEvent,
  type BaseEvent,
  EventType,
  type Message,
  type RunAgentInput,
  verifyEvents,
} from "@ag-ui/client";
import pg from "pg";
import { from, lastValueFrom, toArray } from "rxjs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ANSWER_REUSE_ACTIVITY, answerReuseSchema } from "@/contract/answers";
import { CITATIONS_ACTIVITY, OPEN_DOCUMENT_CONTEXT } from "@/contract/knowledge";
import { rememberedAnswers } from "@/db/schema";
import { Copilot } from "@/lib/copilots/copilot";
import { knowledgeCopilot } from "@/lib/copilots/knowledge/copilot";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { deleteDocument, restoreDocument } from "@/lib/knowledge/delete-document";
import { ingestDocument } from "@/lib/knowledge/ingest";
import { type ChatModel, offlineModel } from "@/lib/models/registry";
import { changeSettings } from "@/lib/settings/change-settings";
import { createThread } from "@/lib/threads/create-thread";
import { deleteThread } from "@/lib/threads/delete-thread";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { inputFor, messagesOf } from "@/test/run-cluster";

let database: TestDatabase;
/** Sees everything: what the app itself may see is what is tested. */
let admin: pg.Client;
let asked = 0;
const people: Record<"ada" | "ben" | "bob" | "gus", RequestIdentity> = {} as never;

const RETURNS = "# Returns policy\n\nUnused grippers are taken back within 45 days of delivery, in their box.";
const QUESTION = "Within how many days are unused grippers taken back?";

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const member = (userId: string, role: "admin" | "member") => ({ userId, email: `${userId}@x.test`, role });
  const acme = await database.provision({
    slug: "acme",
    name: "Acme",
    members: [member("ada", "admin"), member("ben", "member"), member("bob", "member")],
  });
  const globex = await database.provision({ slug: "globex", name: "Acme", members: [member("gus", "admin")] });
  const identity = (userId: string, tenantId: string, role: "admin" | "member") =>
    ({ userId, tenantId, role, email: `${userId}@x.test`, tenantSlug: "x", tenantName: "Acme" }) as RequestIdentity;
  people.ada = identity("ada", acme, "admin");
  people.ben = identity("ben", acme, "member");
  people.bob = identity("bob", acme, "member");
  people.gus = identity("gus", globex, "admin");
  await upload(people.ada, "returns.md", RETURNS);
  await upload(people.gus, "returns.md", RETURNS.replace("45", "10"));
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});
beforeEach(async () => {
  asked = 0;
  await admin.query("delete from flightdeck.remembered_answers");
  for (const who of [people.ada, people.gus]) await changeSettings(who, { answerCache: true });
});

const upload = (who: RequestIdentity, filename: string, text: string) =>
  ingestDocument(who, { filename, bytes: new TextEncoder().encode(text), mime: "text/markdown" });

/** The offline model, which counts how often it is asked. */
function counted(modelId = "offline"): ChatModel {
  const served = offlineModel(Number.POSITIVE_INFINITY);
  const doStream: typeof served.model.doStream = (options) => {
    asked++;
    return served.model.doStream(options);
  };
  return { ...served, model: { ...served.model, doStream }, modelId };
}

interface Answer {
  threadId: string;
  messages: Message[];
  text: string;
  reused: ReturnType<typeof answerReuseSchema.parse> | null;
}

async function ask(
  who: RequestIdentity,
  question = QUESTION,
  extra: Partial<RunAgentInput> = {},
  model = counted(),
): Promise<Answer> {
  const threadId = extra.threadId ?? (await createThread(who, "knowledge")).id;
  const sent = inputFor(threadId, question);
  const input = { ...sent, ...extra, threadId, messages: [...(extra.messages ?? []), ...sent.messages] };
  const copilot = new Copilot(knowledgeCopilot, who, { models: () => [model] });
  const events = (await lastValueFrom(copilot.run(input).pipe(toArray<BaseEvent>()))) as AGUIEvent[];
  await lastValueFrom(from(events as BaseEvent[]).pipe(verifyEvents(false), toArray()));
  expect(events.at(-1)?.type).toBe(EventType.RUN_FINISHED);
  const started = { type: EventType.RUN_STARTED, threadId, runId: "r", input } as AGUIEvent;
  const messages = messagesOf([started, ...events.slice(1)]);
  const note = messages.find((one) => one.role === "activity" && one.activityType === ANSWER_REUSE_ACTIVITY);
  return {
    threadId,
    messages,
    text: messages.flatMap(({ role, content }) => (role === "assistant" && content ? [String(content)] : [])).join(""),
    reused: note ? answerReuseSchema.parse(note.content) : null,
  };
}

const withoutIds = (messages: Message[]) =>
  messages.flatMap((message) => {
    if (message.role === "tool") return [JSON.parse(message.content)];
    if (message.role === "activity" && message.activityType === CITATIONS_ACTIVITY)
      return [{ ...message.content, messageId: undefined }];
    return message.role === "assistant" ? [message.content] : [];
  });

test("the same question is answered for a colleague without asking the model, with its sources, and says so", async () => {
  const first = await ask(people.ben);
  expect(first.text).toContain("45 days");
  expect(first.reused).toBeNull();
  expect(asked).toBeGreaterThan(0);
  asked = 0;
  const second = await ask(people.bob, "  within how many days are UNUSED grippers taken back ");
  expect(asked).toBe(0);
  expect(withoutIds(second.messages)).toEqual(withoutIds(first.messages));
  expect(second.reused).toMatchObject({ model: "Offline model" });
  const answer = second.messages.findLast(({ role }) => role === "assistant");
  expect(second.reused?.messageId).toBe(answer?.id);
  expect(second.messages.map(({ id }) => id).filter((id) => first.messages.some((one) => one.id === id))).toEqual([]);
  const { rows } = await admin.query("select user_id, detail from flightdeck.audit_log where action = 'answer.reuse'");
  expect(rows).toMatchObject([
    { user_id: "bob", detail: { agent: "knowledge", threadId: second.threadId, savedMicroUsd: 0 } },
  ]);
  // A question that leans on it is answered by the model, which reads it like any other.
  await ask(people.bob, "And in their box?", { threadId: second.threadId, messages: second.messages });
  expect(asked).toBeGreaterThan(0);
});

test("nothing is kept or given again where the tenant has not turned it on", async () => {
  await changeSettings(people.ada, { answerCache: false });
  await ask(people.ben);
  expect((await admin.query("select from flightdeck.remembered_answers")).rowCount).toBe(0);
  await changeSettings(people.ada, { answerCache: true });
  await ask(people.ben);
  await changeSettings(people.ada, { answerCache: false });
  asked = 0;
  expect((await ask(people.bob)).reused).toBeNull();
  expect(asked).toBeGreaterThan(0);
});

test("an answer crosses neither roles nor tenants, nor models", async () => {
  const { reused: none, text } = await ask(people.ada);
  expect(none).toBeNull();
  expect(text).toContain("45 days");
  // The same words, and a tenant of the same name.
  const elsewhere = await ask(people.gus);
  expect(elsewhere.reused).toBeNull();
  expect(elsewhere.text).toContain("10 days");
  expect((await ask(people.ben)).reused).toBeNull();
  expect((await ask(people.bob, QUESTION, {}, counted("another"))).reused).toBeNull();
  expect((await ask(people.ada)).reused).not.toBeNull();
  expect((await ask(people.bob)).reused).not.toBeNull();
});

test("the database itself keeps it so: a member reads no admin's answer, and nobody another tenant's", async () => {
  await ask(people.ada);
  await ask(people.gus);
  const seenBy = (who: RequestIdentity) =>
    database.doors.withTenant(who, (tx) => tx.select({ by: rememberedAnswers.userId }).from(rememberedAnswers));
  expect(await seenBy(people.ben)).toEqual([]);
  expect(await seenBy(people.ada)).toEqual([{ by: "ada" }]);
  expect(await seenBy(people.gus)).toEqual([{ by: "gus" }]);
});

test("any change of the documents ends it, an undone one too", async () => {
  await ask(people.ben);
  expect((await ask(people.bob)).reused).not.toBeNull();
  const { id } = await upload(people.ada, "other.md", "# Opening hours\n\nThe office opens at nine.");
  expect((await ask(people.bob, QUESTION)).reused).toBeNull();
  expect((await ask(people.ben, QUESTION)).reused).not.toBeNull();
  await deleteDocument(people.ada, id);
  expect((await ask(people.bob, QUESTION)).reused).toBeNull();
  expect((await ask(people.ben, QUESTION)).reused).not.toBeNull();
  await restoreDocument(people.ada, id);
  expect((await ask(people.bob, QUESTION)).reused).toBeNull();
  await deleteDocument(people.ada, id);
});

test("asking again asks the model, and it forgets the answer that was not enough", async () => {
  await ask(people.ben);
  const { threadId, messages, reused } = await ask(people.bob);
  expect(reused).not.toBeNull();
  asked = 0;
  const again = await ask(people.bob, QUESTION, {
    threadId,
    messages: messages.filter(({ role }) => role !== "activity"),
  });
  expect(asked).toBeGreaterThan(0);
  expect(again.messages.filter(({ role }) => role === "activity")).toHaveLength(1);
  expect((await ask(people.ben)).reused).toBeNull();
});

test("an answer goes with the conversation that it was given in", async () => {
  const { threadId } = await ask(people.ben);
  await deleteThread(people.ben, threadId);
  expect((await ask(people.bob)).reused).toBeNull();
});

test("what depends on more than the question is not given again", async () => {
  await ask(people.ben);
  const context = [{ description: OPEN_DOCUMENT_CONTEXT, value: '{"title":"Returns policy"}' }];
  expect((await ask(people.bob, QUESTION, { context })).reused).toBeNull();
  // What cites nothing was found nowhere.
  await ask(people.ben, "Which colour has the moon of Saturn on Sundays?");
  asked = 0;
  expect((await ask(people.bob, "Which colour has the moon of Saturn on Sundays?")).reused).toBeNull();
  expect(asked).toBeGreaterThan(0);
});
