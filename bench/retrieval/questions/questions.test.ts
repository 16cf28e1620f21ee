import { parse } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { demoTenants, listDemoDocuments } from "@/db/seed/demo";
import { listRetrievalQuestions, type RetrievalQuestion } from "./questions";

const fewest: Record<RetrievalQuestion["kind"], number> = {
  natural: 20,
  paraphrase: 18,
  keyword: 12,
  typo: 12,
  identifier: 12,
  table: 12,
  unanswerable: 45,
};
const markup = /[*`|<>&[\]\n]/;

describe.each(demoTenants.map(({ slug }) => slug))("the retrieval questions of %s", (slug) => {
  let questions: RetrievalQuestion[];
  let texts: Map<string, string>;

  beforeAll(async () => {
    questions = await listRetrievalQuestions(slug);
    const documents = await listDemoDocuments(slug);
    texts = new Map(documents.map(({ filename, bytes }) => [parse(filename).name, new TextDecoder().decode(bytes)]));
  });

  it("quote words that stand exactly once in the document named", () => {
    const wrong = questions
      .filter((q) => q.kind !== "unanswerable")
      .filter(({ document, quote }) => texts.get(document)?.split(quote).length !== 2);
    expect(wrong).toEqual([]);
  });

  it("quote no markup, which parsing would take away", () => {
    expect(questions.filter(({ quote }) => quote && markup.test(quote))).toEqual([]);
  });

  it("have ids and wordings of their own", () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(new Set(questions.map(({ question }) => question.toLowerCase())).size).toBe(questions.length);
  });

  it("are enough of every kind", () => {
    for (const [kind, count] of Object.entries(fewest))
      expect(questions.filter((q) => q.kind === kind).length, kind).toBeGreaterThanOrEqual(count);
    expect(questions.filter(({ document }) => document).length).toBeGreaterThanOrEqual(70);
  });

  it("reach every document", () => {
    const asked = new Set(questions.map(({ document }) => document));
    expect([...texts.keys()].filter((document) => !asked.has(document))).toEqual([]);
  });
});
