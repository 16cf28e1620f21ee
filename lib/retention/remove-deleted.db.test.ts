import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { messages } from "@/db/schema";
import type { TenantContext } from "@/db/with-tenant";
import { deleteDocument, restoreDocument } from "@/lib/knowledge/delete-document";
import { ingestText } from "@/lib/knowledge/ingest";
import { changeSettings } from "@/lib/settings/change-settings";
import { createThread } from "@/lib/threads/create-thread";
import { deleteThread, restoreThread } from "@/lib/threads/delete-thread";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { removeDeleted } from "./remove-deleted";

let database: TestDatabase;
let ada: TenantContext;
let gus: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const admin = async (slug: string, userId: string): Promise<TenantContext> => {
    const members = [{ userId, email: `${userId}@${slug}.test`, role: "admin" as const }];
    return { tenantId: await database.provision({ slug, name: slug, members }), userId, role: "admin" };
  };
  ada = await admin("acme", "ada");
  gus = await admin("globex", "gus");
});

afterAll(() => database.drop());

/** One deleted conversation, with a message, and one deleted document, both so many days ago. */
async function deletedAgo(context: TenantContext, days: number) {
  const thread = (await createThread(context, "knowledge")).id;
  const document = await ingest(context, `Deleted ${days} days ago in ${context.tenantId}.`);
  const message = { id: `m-${thread}`, role: "user" as const, content: "Hello" };
  await database.doors.withTenant(context, async (tx) => {
    const row = { ...context, threadId: thread, runId: "run", position: 1, role: "user" as const, text: "Hello" };
    await tx.insert(messages).values({ ...row, id: message.id, message });
  });
  await deleteThread(context, thread);
  await deleteDocument(context, document);
  await database.doors.withTenant(context, async (tx) => {
    const before = sql`now() - ${days} * interval '1 day'`;
    await tx.execute(sql`update flightdeck.threads set deleted_at = ${before} where id = ${thread}`);
    await tx.execute(sql`update flightdeck.documents set deleted_at = ${before} where id = ${document}`);
  });
  return { thread, document };
}

async function ingest(context: TenantContext, text: string): Promise<string> {
  return (await ingestText(context, { title: "Note", text })).id;
}

async function removeAll(): Promise<number> {
  let total = 0;
  for (let removed = 1; removed > 0; total += removed) removed = await removeDeleted(database.doors);
  return total;
}

const kept = (context: TenantContext) =>
  database.doors.withTenant(context, async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(
      sql`select id from flightdeck.threads union all select id from flightdeck.documents
        union all select id from flightdeck.messages union all select document_id from flightdeck.chunks`,
    );
    return new Set(rows.map(({ id }) => id));
  });

test("what was deleted longer ago than its tenant keeps it is gone with all that belonged to it; the rest stays", async () => {
  const present = (await createThread(ada, "knowledge")).id;
  const [longAgo, lately] = [await deletedAgo(ada, 31), await deletedAgo(ada, 29)];
  const [theirs, theirLately] = [await deletedAgo(gus, 8), await deletedAgo(gus, 6)];
  expect(await kept(gus)).toContain(`m-${theirs.thread}`);
  await changeSettings(gus, { deletedKeepDays: 7 }, database.doors);

  expect(await removeAll()).toBe(4);

  const left = await kept(ada);
  expect(left).toContain(present);
  for (const id of [lately.thread, lately.document, `m-${lately.thread}`]) expect(left).toContain(id);
  for (const id of [longAgo.thread, longAgo.document, `m-${longAgo.thread}`]) expect(left).not.toContain(id);
  const theirLeft = await kept(gus);
  expect(theirLeft).toContain(theirLately.thread);
  for (const id of [theirs.thread, theirs.document, `m-${theirs.thread}`]) expect(theirLeft).not.toContain(id);

  await restoreThread(ada, lately.thread);
  await restoreDocument(ada, lately.document);
  await expect(restoreThread(ada, longAgo.thread)).rejects.toMatchObject({ code: "not_found" });
  await expect(restoreDocument(ada, longAgo.document)).rejects.toMatchObject({ code: "not_found" });
});
