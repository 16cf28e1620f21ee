import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { ingestText } from "./ingest";
import { nearestTitles } from "./nearest-titles";
import { isAnswered, searchDocuments } from "./search";

let database: TestDatabase;
let context: TenantContext;

const DOCUMENTS: Record<string, string> = {
  "Returns policy": `## Window\n\nCustomers have 45 days from delivery to send goods back.\n\n## Refunds\n\nRefunds are paid to the original card within 14 days.\n\n## Exceptions\n\nBatteries cannot be returned.`,
  "Error codes": `## Motion\n\n- ACM-E214: following error. Check the payload.\n- ACM-E215: overspeed.\n\n## Communication\n\n- ACM-E409: certificate expired.`,
  "SDK reference": `## Data\n\nCall useFetch with a URL. The default timeout is 30 seconds.\n\n## Files\n\nfs.readFile reads a file.`,
  "Employee handbook": `## Leave\n\nEvery employee gets 25 days of vacation a year.\n\n## Time zones\n\nMeetings are planned in the time zone of Linz. Colour codes mark the calendar.`,
  "House rules": `## Doors\n\nBring your badge to work each day.\n\n## Shop floor\n\nSafety shoes are worn on the shop floor. A loan pair stands at the entrance.`,
  Maintenance: `## Grease\n\nGrease the bearings every six months.\n\n## Belts\n\nReplace the belts each year.`,
};

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  context = await newTenant("acme");
  for (const [title, text] of Object.entries(DOCUMENTS)) await ingestText(context, { title, text });
  await ingestText(await newTenant("globex"), {
    title: "Returns",
    text: "Customers have 90 days and a zeppelin to return.",
  });
});
afterAll(() => database.drop());

async function newTenant(slug: string): Promise<TenantContext> {
  const members = [{ userId: "ada", email: "ada@example.test", role: "admin" as const }];
  return { tenantId: await database.provision({ slug, name: slug, members }), userId: "ada", role: "member" };
}

const best = async (query: string) => (await searchDocuments(context, query))[0];

describe("searchDocuments", () => {
  it.each([
    ["a question in sentences", "How many days do customers have to send goods back?", "45 days"],
    ["keywords", "grease bearings", "every six months"],
    ["another form of the words", "who is refunding and when", "original card"],
    ["a typo", "whitch bearngs need greese", "Grease the bearings"],
    ["two slips in a long word", "certifcate expird", "certificate expired"],
    ["swapped letters", "vacaiton", "25 days"],
    ["an unfinished word", "certif", "certificate expired"],
    ["a word for another", "holiday entitlement of staff", "vacation"],
    ["a form of a word for another", "reimbursing clients", "Refunds are paid"],
    ["an irregular form", "stuff sent", "send goods back"],
    ["an identifier", "ACM-E214", "following error"],
    ["an identifier without its marks", "acm e409", "certificate"],
    ["an identifier in one word", "acme215", "overspeed"],
    ["a name in camel case", "useFetch", "useFetch"],
    ["the parts of a name", "use fetch timeout", "useFetch"],
    ["a method", "readFile", "fs.readFile"],
    ["a compound in one word", "timezone of meetings", "time zone"],
    ["a number as a word", "forty-five days", "45 days"],
    ["British for American", "color codes", "Colour codes"],
  ])("answers %s", async (_, query, text) => expect((await best(query))?.text).toContain(text));

  it("prefers the passage under the heading that names just what was asked, to one that says the word more often", async () => {
    const text = `## Devices\n\nLaptops run Kandor. Kandor updates Kandor each night.\n\n## Kandor\n\nThe tool that keeps laptops safe.`;
    await ingestText(context, { title: "Systems", text });
    expect((await best("Kandor"))?.heading).toBe("Kandor");
  });

  it("returns what the contract promises, exact positions included", async () => {
    const result = await best("refunds");
    expect(result).toMatchObject({ title: "Returns policy", heading: "Refunds", position: 1, version: 1 });
    expect(Object.keys(result ?? {}).sort()).toEqual([
      "chunkId",
      "documentId",
      "endChar",
      "heading",
      "position",
      "score",
      "startChar",
      "support",
      "text",
      "title",
      "version",
    ]);
    expect((result?.endChar ?? 0) - (result?.startChar ?? 0)).toBe(result?.text.length);
  });

  it("gives best first, at most as many as asked", async () => {
    const results = await searchDocuments(context, "days", { limit: 2 });
    expect(results).toHaveLength(2);
    expect(results[0]?.score).toBeGreaterThanOrEqual(results[1]?.score ?? 0);
  });

  it("finds nothing of another tenant, by word or by spelling", async () => {
    expect(await searchDocuments(context, "zeppelin")).toEqual([]);
    expect(await searchDocuments(context, "zepelin")).toEqual([]);
    const elsewhere = await database.doors.withTenant(context, (tx) =>
      tx.execute(sql`select (select count(*)::int from flightdeck.postings where tenant_id <> ${context.tenantId})
        + (select count(*)::int from flightdeck.vocabulary where tenant_id <> ${context.tenantId}) as rows`),
    );
    expect(elsewhere.rows).toEqual([{ rows: 0 }]);
  });

  it.each(["", "   ", "the of and", "?!", "\0", "\ud800", "xqzvw", "日本語"])("finds nothing for %j", async (query) =>
    expect(await searchDocuments(context, query)).toEqual([]),
  );

  it("never fails, whatever is asked", async () => {
    const query = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc
        .array(fc.constantFrom("grease", "' or 1=1 --", "ACM-E214", "%", "\\", "a".repeat(5_000), ":*", "(", "days"))
        .map((words) => words.join(" ")),
    );
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        expect(Array.isArray(await searchDocuments(context, text))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("uses the indexes as the tenant's role", async () => {
    const plan = await database.doors.withTenant(context, async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`explain select word from flightdeck.vocabulary
        where tenant_id = ${context.tenantId} and reversed ~>=~ 'esaer' and reversed ~<~ 'esaes'`);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    expect(plan).toMatch(/Index Cond: .*reversed ~>=~/);
  });
});

describe("isAnswered", () => {
  it.each([
    ["How many days of vacation does an employee get?", true],
    ["What does ACM-E214 mean?", true],
    ["When are refunds paid to the card?", true],
    ["What does ACM-E777 mean?", false],
    ["Who founded the company?", false],
    ["Must I wear safety shoes on the shop floor?", true],
    ["Can I bring my dog to work?", false],
    ["Can I bring my hamster to work?", false],
    ["May I smoke on the shop floor?", false],
    ["What is the capital of France?", false],
  ])("%s %s", async (question, answered) => {
    expect(isAnswered(await searchDocuments(context, question))).toBe(answered);
  });
});

describe("nearestTitles", () => {
  const nearest = async (query: string, limit: number) =>
    nearestTitles(context, query, await searchDocuments(context, query), limit);

  it("names the documents with the best passages, each once", async () => {
    const titles = await nearest("how many days", 3);
    expect(titles.length).toBeGreaterThan(1);
    expect(new Set(titles.map(({ documentId }) => documentId)).size).toBe(titles.length);
  });

  it("falls back to titles that look alike", async () => {
    expect((await nearest("mantenace", 1))[0]?.title).toBe("Maintenance");
    expect(await nearest("qqqqq", 2)).toHaveLength(2);
  });
});
