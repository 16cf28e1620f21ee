import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { deleteDocument, restoreDocument } from "./delete-document";
import { getDocument, listDocuments } from "./documents";
import { ingestDocument, ingestText, replaceDocument } from "./ingest";
import { UPLOAD_BYTES_MAX } from "./limits";
import { makeDocx } from "./parsing/made-files";
import { searchDocuments } from "./search";

let database: TestDatabase;
let ada: TenantContext;
let ben: TenantContext;
let other: TenantContext;
let tenants = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
});
afterAll(() => database.drop());
beforeEach(async () => {
  const slug = `tenant-${tenants++}`;
  ada = await newTenant(slug);
  ben = { ...ada, userId: "ben", role: "member" };
  other = await newTenant(`${slug}-other`);
});

async function newTenant(slug: string, settings = {}): Promise<TenantContext> {
  const members = [{ userId: "ada", email: "ada@example.test", role: "admin" as const }];
  return { tenantId: await database.provision({ slug, name: slug, settings, members }), userId: "ada", role: "admin" };
}

const file = (text: string, filename = "notes.md") => ({ filename, bytes: new TextEncoder().encode(text) });
const found = async (context: TenantContext, query: string) =>
  (await searchDocuments(context, query)).map(({ documentId }) => documentId);

/** Everything the index knows of a tenant: it must be the same whichever way the documents came to be what they are. */
async function indexOf(context: TenantContext) {
  return database.doors.withTenant(context, async (tx) => {
    const rows = async (query: ReturnType<typeof sql>) => (await tx.execute(query)).rows;
    return {
      holding: await rows(
        sql`select term, sum(cardinality(entries))::int as chunks from flightdeck.postings group by term order by term`,
      ),
      vocabulary: await rows(sql`select word, term from flightdeck.vocabulary order by word`),
      corpus: await rows(sql`select documents, bytes, chunks from flightdeck.corpora`),
    };
  });
}
const EMPTY = { holding: [], vocabulary: [], corpus: [{ documents: 0, bytes: "0", chunks: 0 }] };
const auditOf = (context: TenantContext) =>
  database.doors.withTenant(context, async (tx) => {
    const { rows } = await tx.execute<{ action: string }>(
      sql`select action from flightdeck.audit_log order by created_at, id`,
    );
    return rows.map(({ action }) => action);
  });

describe("ingestDocument", () => {
  it("stores a document with its chunks at exact positions, found by its tenant alone", async () => {
    const { id, title, chunks, created } = await ingestDocument(
      ben,
      file("# Pump\n\nGrease it weekly.\n\n## Filter\n\nRinse the filter."),
    );
    expect({ title, chunks, created }).toEqual({ title: "Pump", chunks: 2, created: true });
    const document = await getDocument(ada, id);
    expect(document?.chunks).toHaveLength(2);
    for (const { text, startChar, endChar } of document?.chunks ?? [])
      expect(document?.text.slice(startChar, endChar)).toBe(text);
    expect(await found(ada, "how often do I grease it?")).toContain(id);
    expect(await found(other, "how often do I grease it?")).toEqual([]);
    expect(await getDocument(other, id)).toBeNull();
    expect(await auditOf(ada)).toEqual(["document.upload"]);
  });

  it("knows the same bytes again, whatever they are called", async () => {
    const first = await ingestDocument(ada, file("# Pump\n\nText."));
    expect(await ingestDocument(ben, file("# Pump\n\nText.", "copy.txt"))).toEqual({ ...first, created: false });
    expect((await ingestDocument(other, file("# Pump\n\nText."))).created).toBe(true);
  });

  it("stores the same bytes once when uploads race", async () => {
    const uploads = Array.from({ length: 8 }, (_, i) => ingestDocument(i % 2 ? ada : ben, file("# Race\n\nText.")));
    const stored = await Promise.all(uploads);
    expect(new Set(stored.map(({ id }) => id)).size).toBe(1);
    expect(stored.filter(({ created }) => created)).toHaveLength(1);
    expect((await indexOf(ada)).corpus).toEqual([{ documents: 1, bytes: "13", chunks: 1 }]);
  });

  it("stores different documents that race, each whole", async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => ingestDocument(ada, file(`# Race ${i}\n\nCommon words and car${i}.`))),
    );
    const { corpus, holding } = await indexOf(ada);
    expect(corpus).toMatchObject([{ documents: 8, chunks: 8 }]);
    expect(holding).toContainEqual({ term: "common", chunks: 8 });
  });

  it.each([
    ["over 20 MB", { filename: "a.txt", bytes: new Uint8Array(UPLOAD_BYTES_MAX + 1).fill(97) }, "payload_too_large"],
    ["empty", { filename: "a.txt", bytes: new Uint8Array() }, "document_empty"],
    ["of a lying type", { filename: "a.md", bytes: makeDocx(["Hi"]) }, "type_mismatch"],
    ["of an unknown type", { filename: "a.xyz", bytes: new Uint8Array([97]) }, "unsupported_type"],
    ["broken", { filename: "a.docx", bytes: makeDocx(["Hi"]).slice(0, 300) }, "document_broken"],
  ])("refuses a file %s and stores nothing", async (_, upload, code) => {
    await expect(ingestDocument(ada, upload)).rejects.toMatchObject({ code });
    expect((await listDocuments(ada)).documents).toEqual([]);
    expect((await indexOf(ada)).holding).toEqual([]);
    expect(await auditOf(ada)).toEqual([]);
  });

  it("refuses what is over the tenant's quota, also when uploads race", async () => {
    const small = await newTenant(`small-${tenants++}`, { documentsMax: 2 });
    const uploads = await Promise.allSettled(
      [1, 2, 3, 4].map((i) => ingestDocument(small, file(`# D${i}\n\nText ${i}.`))),
    );
    expect(uploads.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(uploads.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "quota_exceeded", status: 409 },
    });
    const light = await newTenant(`light-${tenants++}`, { documentBytesMax: 100 });
    await expect(ingestDocument(light, file("x ".repeat(80)))).rejects.toMatchObject({ code: "quota_exceeded" });
  });

  it("takes pasted text with a title, and survives what Postgres cannot store", async () => {
    const { id } = await ingestText(ada, { title: "Notes: May 😀", text: "NUL \0 and half \ud83d of a pair." });
    expect(await getDocument(ada, id)).toMatchObject({
      title: "Notes: May 😀",
      text: "NUL  and half \ufffd of a pair.",
      filename: "Notes-May.md",
    });
  });
});

describe("replaceDocument", () => {
  it("changes the content under the same id, and leaves nothing of the old one in the index", async () => {
    const { id } = await ingestDocument(ben, file("# Pump\n\nThe zebra valve."));
    expect(await replaceDocument(ben, id, file("# Pump two\n\nThe giraffe valve."))).toMatchObject({
      id,
      title: "Pump two",
    });
    expect(await getDocument(ada, id)).toMatchObject({ version: 2, text: "# Pump two\n\nThe giraffe valve." });
    expect(await found(ada, "giraffe")).toEqual([id]);
    expect(await found(ada, "zebra")).toEqual([]);
    const fresh = await newTenant(`fresh-${tenants++}`);
    await ingestDocument(fresh, file("# Pump two\n\nThe giraffe valve."));
    expect(await indexOf(ada)).toEqual(await indexOf(fresh));
  });

  it("is for the owner and admins, and refuses content that another document has", async () => {
    const mine = await ingestDocument(ada, file("# One\n\nText."));
    const second = await ingestDocument(ben, file("# Two\n\nText."));
    await expect(replaceDocument(ben, mine.id, file("# New"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(replaceDocument(other, mine.id, file("# New"))).rejects.toMatchObject({ code: "not_found" });
    await expect(replaceDocument(ada, second.id, file("# One\n\nText."))).rejects.toMatchObject({
      code: "document_exists",
    });
    expect(await replaceDocument(ada, second.id, file("# Two\n\nText."))).toMatchObject({
      id: second.id,
      created: false,
    });
    expect(await getDocument(ada, second.id)).toMatchObject({ version: 1 });
  });
});

describe("a document's file name", () => {
  it("says what it is about, before and after an undone delete and a replacement", async () => {
    const text = "# Owner's guide\n\nKeep it loose in a sack.";
    const { id } = await ingestDocument(ada, file(text, "ridgeline-tent-manual.md"));
    expect(await found(ada, "tent")).toEqual([id]);
    await deleteDocument(ada, id);
    await restoreDocument(ada, id);
    expect(await found(ada, "tent")).toEqual([id]);
    await replaceDocument(ada, id, file(text.replace("sack", "bag"), "stove.md"));
    expect(await found(ada, "tent")).toEqual([]);
    expect(await found(ada, "stove")).toEqual([id]);
  });
});

describe("deleteDocument", () => {
  it("takes a document out of every list, and restoring puts it back exactly", async () => {
    const kept = await ingestDocument(ada, file("# Belt\n\nShared words here."));
    const { id } = await ingestDocument(ben, file("# Pump\n\nShared words there."));
    const before = await indexOf(ada);
    await deleteDocument(ben, id);
    expect(await getDocument(ada, id)).toBeNull();
    expect(await found(ada, "pump")).toEqual([]);
    expect(await found(ada, "shared words")).toEqual([kept.id]);
    expect((await listDocuments(ada)).documents.map(({ id }) => id)).toEqual([kept.id]);
    await expect(deleteDocument(ben, id)).rejects.toMatchObject({ code: "not_found" });
    await restoreDocument(ben, id);
    expect(await indexOf(ada)).toEqual(before);
    expect(await found(ada, "pump")).toEqual([id]);
    await expect(restoreDocument(ben, id)).rejects.toMatchObject({ code: "not_found" });
    await deleteDocument(ada, id);
    await deleteDocument(ada, kept.id);
    expect(await indexOf(ada)).toEqual(EMPTY);
  });

  it("is for the owner and admins", async () => {
    const { id } = await ingestDocument(ada, file("# Pump\n\nText."));
    await expect(deleteDocument(ben, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteDocument(other, id)).rejects.toMatchObject({ code: "not_found" });
    await deleteDocument(ada, id);
    await expect(restoreDocument(ben, id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("lets the same bytes be uploaded again, after which there is nothing to restore", async () => {
    const { id } = await ingestDocument(ada, file("# Pump\n\nText."));
    await deleteDocument(ada, id);
    const again = await ingestDocument(ada, file("# Pump\n\nText."));
    expect(again.created).toBe(true);
    await expect(restoreDocument(ada, id)).rejects.toMatchObject({ code: "document_exists", status: 409 });
  });

  it("survives the sweep that removes it for good", async () => {
    const { id } = await ingestDocument(ada, file("# Pump\n\nText."));
    await deleteDocument(ada, id);
    await database.doors.withSystem((tx) => tx.execute(sql`delete from flightdeck.documents where id = ${id}`));
    expect(await indexOf(ada)).toEqual(EMPTY);
  });
});

describe("listDocuments", () => {
  it("pages newest first and looks in titles and file names", async () => {
    for (let i = 0; i < 5; i++) await ingestDocument(ada, file(`# Manual ${i}\n\nText.`, `file_${i}.md`));
    const titles: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await listDocuments(ada, { limit: 2, cursor });
      titles.push(...page.documents.map(({ title }) => title));
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
    expect(titles).toEqual(["Manual 4", "Manual 3", "Manual 2", "Manual 1", "Manual 0"]);
    expect((await listDocuments(ada, { q: "nual 3" })).documents).toHaveLength(1);
    expect((await listDocuments(ada, { q: "file_2" })).documents).toMatchObject([{ title: "Manual 2" }]);
    expect((await listDocuments(ada, { q: "file%" })).documents).toEqual([]);
    await expect(listDocuments(ada, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_request" });
  });
});
