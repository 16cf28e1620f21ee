// The questions retrieval is measured with: what people would ask of the demo documents, and where the answer stands.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const text = z.string().trim().min(1);

const answerable = z.strictObject({
  id: text,
  question: text,
  kind: z.enum(["natural", "paraphrase", "keyword", "typo", "identifier", "table"]),
  /** File name of the demo document without its extension. */
  document: text,
  /** Words of that file that answer the question. They stand in it once, and survive parsing: no markup, one table cell. */
  quote: text,
});

const unanswerable = z.strictObject({
  id: text,
  question: text,
  kind: z.literal("unanswerable"),
  document: z.null(),
  quote: z.null(),
});

export const retrievalQuestion = z.discriminatedUnion("kind", [answerable, unanswerable]);
export type RetrievalQuestion = z.infer<typeof retrievalQuestion>;

/** The questions of one demo tenant. Throws when the file does not have the shape above. */
export async function listRetrievalQuestions(slug: string): Promise<RetrievalQuestion[]> {
  const json = await readFile(join(import.meta.dirname, `${slug}.json`), "utf8");
  return z.array(retrievalQuestion).parse(JSON.parse(json));
}
