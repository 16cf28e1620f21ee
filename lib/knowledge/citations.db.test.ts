import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Passage } from "@/contract/knowledge";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { getCitationStatus, verifyCitations } from "./citations";
import { deleteDocument } from "./delete-document";
import { getDocument } from "./documents";
import { ingestText, replaceDocument, textUpload } from "./ingest";
import { searchDocuments } from "./search";

let database: TestDatabase;
let context: TenantContext;
let other: TenantContext;
let passages: Passage[];

const TEXT = `# Returns

Goods may be returned within 45 days of delivery. Send them to dock 4, e.g. with Dr. Parcel. A fee of 15 percent applies.

## Fees

| Goods | Fee |
| --- | --- |
| Robots | 15 % |
| Spare parts | none |

## Steps

1. Ask for an RMA number.
2. Pack the goods in the original crate,
   with the yellow bracket.`;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  context = await newTenant("acme");
  other = await newTenant("globex");
  await ingestText(context, { title: "Returns", text: TEXT });
  const results = await searchDocuments(context, "returns goods days fee spare parts RMA crate", { limit: 10 });
  passages = results
    .sort((a, b) => a.position - b.position)
    .map(({ score: _, support: __, ...result }, i) => ({ ...result, n: i + 1 }));
  expect(passages).toHaveLength(3);
});
afterAll(() => database.drop());

async function newTenant(slug: string): Promise<TenantContext> {
  const members = [{ userId: "ada", email: "ada@example.test", role: "admin" as const }];
  return { tenantId: await database.provision({ slug, name: slug, members }), userId: "ada", role: "admin" };
}

const quotesOf = async (answer: string) =>
  (await verifyCitations(context, passages, answer)).citations.map(({ n, quote }) => [n, quote]);

describe("verifyCitations", () => {
  it.each([
    ["You have 45 days to return goods [1].", [[1, "Goods may be returned within 45 days of delivery."]]],
    ["You have 45 days to return goods. [1]", [[1, "Goods may be returned within 45 days of delivery."]]],
    ["The fee is 15 percent.[1]", [[1, "A fee of 15 percent applies."]]],
    ["Spare parts cost nothing: no fee [2].", [[2, "| Spare parts | none |"]]],
    [
      "- Ask for the RMA number [3]\n- Pack in the original crate with the bracket [3]",
      [[3, "Ask for an RMA number."]],
    ],
    [
      "Use the crate and the yellow bracket [3].",
      [[3, "Pack the goods in the original crate,\n   with the yellow bracket."]],
    ],
    [
      "Within 45 days [1, 3] you need an RMA number [3].",
      [
        [1, "Goods may be returned within 45 days of delivery."],
        [3, "Ask for an RMA number."],
      ],
    ],
  ])("quotes the sentence that supports %j", async (answer, quotes) => expect(await quotesOf(answer)).toEqual(quotes));

  it("quotes exactly what stands at the position, whatever the answer is", async () => {
    const document = await getDocument(context, passages[0]?.documentId ?? "");
    const word = fc.constantFrom(...TEXT.split(/\s+/), "[1]", "[2]", "[3].", "[9]", "\n", "- ", "```", "[1](x)");
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 40 }), async (words) => {
        const { citations, unverified } = await verifyCitations(context, passages, words.join(" "));
        for (const { quote, startChar, endChar, n } of citations) {
          expect(document?.text.slice(startChar, endChar)).toBe(quote);
          expect(quote.trim()).not.toBe("");
          expect(unverified).not.toContain(n);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ["a number that no passage has", "Robots cost 15 percent [7].", [7]],
    ["a statement that the passage does not hold", "Our office dog is called Rex [1].", [1]],
    ["another number than the passage's", "Warranty lasts 90 months [1].", [1]],
  ])("leaves %s unverified", async (_, answer, unverified) =>
    expect(await verifyCitations(context, passages, answer)).toEqual({ citations: [], unverified }),
  );

  it.each(["No number at all.", "A [link](https://x.test) and [1](https://x.test).", "```\nlist[1]\n```", ""])(
    "finds nothing cited in %j",
    async (answer) =>
      expect(await verifyCitations(context, passages, answer)).toEqual({ citations: [], unverified: [] }),
  );

  it("reads the chunk again: another tenant's and a deleted document's passages are unverified", async () => {
    expect(await verifyCitations(other, passages, "45 days [1].")).toEqual({ citations: [], unverified: [1] });
    const { id } = await ingestText(context, { title: "Short", text: "The gate opens at seven." });
    const results = await searchDocuments(context, "when does the gate open", { limit: 1 });
    const gate = results.map((result) => ({ ...result, n: 1 }));
    expect((await verifyCitations(context, gate, "It opens at seven [1].")).citations).toHaveLength(1);
    await deleteDocument(context, id);
    expect(await verifyCitations(context, gate, "It opens at seven [1].")).toEqual({ citations: [], unverified: [1] });
  });
});

it("getCitationStatus tells current, changed and deleted apart, and says deleted of another tenant's", async () => {
  const { id } = await ingestText(context, { title: "Gate", text: "The gate opens at eight." });
  const source = { documentId: id, version: 1 };
  const statusOf = async (asked = context) => (await getCitationStatus(asked, [source]))[0]?.status;
  expect(await statusOf()).toBe("current");
  expect(await statusOf(other)).toBe("deleted");
  await replaceDocument(context, id, textUpload("Gate", "The gate opens at nine."));
  expect(await statusOf()).toBe("changed");
  await deleteDocument(context, id);
  expect(await statusOf()).toBe("deleted");
});
