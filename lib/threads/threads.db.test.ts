import { afterAll, beforeAll, expect, test } from "vitest";
import { messages } from "@/db/schema";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "../../test/database";
import { archiveThread } from "./archive-thread";
import { createThread } from "./create-thread";
import { deleteThread, restoreThread } from "./delete-thread";
import { exportThread } from "./export-thread";
import { getThread } from "./get-thread";
import { listThreads } from "./list-threads";
import { renameThread, titleFrom, titleThread } from "./rename-thread";

let database: TestDatabase;
let ada: TenantContext;
let ben: TenantContext;
let gus: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const acme = await database.provision({
    slug: "acme",
    name: "Acme",
    members: [
      { userId: "ada", email: "ada@acme.test", role: "admin" },
      { userId: "ben", email: "ben@acme.test", role: "member" },
    ],
  });
  const globex = await database.provision({
    slug: "globex",
    name: "Globex",
    members: [{ userId: "gus", email: "gus@globex.test", role: "admin" }],
  });
  ada = { tenantId: acme, userId: "ada", role: "admin" };
  ben = { tenantId: acme, userId: "ben", role: "member" };
  gus = { tenantId: globex, userId: "gus", role: "admin" };
});

afterAll(() => database.drop());

async function say(
  context: TenantContext,
  threadId: string,
  position: number,
  role: "user" | "assistant",
  content: string,
): Promise<void> {
  const id = `${threadId}-${position}`;
  await database.doors.withTenant(context, (tx) =>
    tx.insert(messages).values({
      ...context,
      threadId,
      id,
      runId: "run",
      position,
      role,
      message: { id, role, content },
      text: content,
    }),
  );
}

test("a member lists own threads newest first, page by page", async () => {
  const made = [];
  for (let i = 0; i < 5; i++) made.push((await createThread(ben, "knowledge")).id);
  const first = await listThreads(ben, { limit: 3 });
  const second = await listThreads(ben, { limit: 3, cursor: first.nextCursor ?? "" });
  expect([...first.threads, ...second.threads].map(({ id }) => id)).toEqual(made.reverse());
  expect(second.nextCursor).toBeNull();
  await expect(listThreads(ben, { cursor: "no" })).rejects.toMatchObject({ code: "invalid_request" });
});

test("an admin reads a member's thread and cannot change it; others see nothing", async () => {
  const { id } = await createThread(ben, "knowledge");
  expect((await getThread(ada, id))?.thread.id).toBe(id);
  expect((await listThreads(ada)).threads.map((thread) => thread.id)).not.toContain(id);
  expect((await listThreads(ada, { scope: "tenant" })).threads.map((thread) => thread.id)).toContain(id);
  await expect(renameThread(ada, id, "mine now")).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteThread(ada, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await getThread(gus, id)).toBeNull();
  const { id: adas } = await createThread(ada, "knowledge");
  expect(await getThread(ben, adas)).toBeNull();
  expect((await listThreads(ben, { scope: "tenant" })).threads.map((thread) => thread.id)).not.toContain(adas);
});

test("search finds words of the title and of the text, the last one unfinished", async () => {
  const { id } = await createThread(ben, "knowledge");
  await renameThread(ben, id, "50% off_season");
  await say(ben, id, 1, "user", "How do I calibrate the torque sensor?");
  const find = async (q: string) => (await listThreads(ben, { q })).threads.map((thread) => thread.id);
  expect(await find("torque calib")).toContain(id);
  expect(await find("50%")).toContain(id);
  expect(await find("5_%")).not.toContain(id);
  expect(await find("torque banana")).not.toContain(id);
  expect(await find("it's | & ! (")).not.toContain(id);
});

test("delete is undone by restore; archive hides and shows", async () => {
  const { id } = await createThread(ben, "knowledge");
  await deleteThread(ben, id);
  expect(await getThread(ben, id)).toBeNull();
  await expect(renameThread(ben, id, "x")).rejects.toMatchObject({ code: "not_found" });
  await restoreThread(ben, id);
  await expect(restoreThread(ben, id)).rejects.toMatchObject({ code: "not_found" });
  await archiveThread(ben, id);
  expect((await listThreads(ben)).threads.map((thread) => thread.id)).not.toContain(id);
  expect((await listThreads(ben, { archived: true })).threads.map((thread) => thread.id)).toContain(id);
});

test("a generated title never replaces a written one", async () => {
  const { id } = await createThread(ben, "knowledge");
  await titleThread(ben, id, "How long is the warranty? And who pays?");
  expect((await getThread(ben, id))?.thread.title).toBe("How long is the warranty");
  await titleThread(ben, id, "Something else");
  expect((await getThread(ben, id))?.thread.title).toBe("How long is the warranty");
  await expect(renameThread(ben, id, "   ")).rejects.toMatchObject({ code: "invalid_request" });
  expect(titleFrom("word ".repeat(40)).length).toBeLessThanOrEqual(61);
});

test("an export holds the whole conversation", async () => {
  const { id } = await createThread(ben, "knowledge");
  await say(ben, id, 1, "user", "Return window?");
  await say(ben, id, 2, "assistant", "30 days [1]");
  const markdown = await exportThread(ben, id, "markdown");
  expect(markdown?.body).toContain("## Question\n\nReturn window?");
  expect(markdown?.body).toContain("## Answer\n\n30 days [1]");
  expect(JSON.parse((await exportThread(ben, id, "json"))?.body ?? "").messages).toHaveLength(2);
  expect(await exportThread(gus, id, "markdown")).toBeNull();
});
