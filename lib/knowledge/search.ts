// Finding the passages that answer a question, as the tenant's own role: terms first, then a closer look at the best.
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { SearchResult } from "@/contract/knowledge";
import { chunks, documents } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { namesOf } from "./index/term-weights";
import { interpret } from "./interpret";
import { answerKind } from "./language/answer-kind";
import { knowStems } from "./language/stems";
import { readContentWords, readWords } from "./language/words";
import { type Candidate, type Reranked, rerank } from "./ranking/rerank";
import { scoreChunks } from "./ranking/score-chunks";

const LIMIT_DEFAULT = 8;
const LIMIT_MAX = 50;
/** Measured: looking closer at more than this many changes no order that is shown. */
const CANDIDATES = 16;
/** Small beside what the words of a question say: it decides between passages that share about the same of them. */
const ANSWER_KIND_WEIGHT = 1;
/** A passage that supports less than this does not answer the question; see bench/retrieval for how often that is right. */
const ANSWERED_SUPPORT = 0.75;

/** A search result, and how well its passage supports an answer; see `supportOf`. */
export type FoundPassage = SearchResult & { support: number };

/**
 * The passages that fit `query` best, best first; none when no word of it is known. Sees what the caller's role sees in the tenant.
 * `limit` is brought between 1 and 50.
 */
export async function searchDocuments(
  context: TenantContext,
  query: string,
  { limit = LIMIT_DEFAULT }: { limit?: number } = {},
): Promise<FoundPassage[]> {
  const wanted = Math.min(Math.max(Math.trunc(limit) || LIMIT_DEFAULT, 1), LIMIT_MAX);
  return withTenant(context, (tx) => searchIn(tx, context, query, wanted));
}

async function searchIn(tx: Tx, context: TenantContext, query: string, limit: number): Promise<FoundPassage[]> {
  const { concepts, postings, total } = await interpret(tx, context, query);
  const scored = scoreChunks(concepts, postings, total, Math.max(CANDIDATES, limit));
  const scores = new Map(scored.map(({ number, score }) => [number, score]));
  const passages = await loadPassages(tx, context, [...scores.keys()]);
  const candidates = passages.map((passage) => ({
    ...passage,
    score: scores.get(passage.number) ?? 0,
    words: readWords(passage.text),
    above: readWords(`${namesOf(passage)}\n${passage.heading}`),
    nearestHeading: readContentWords(nearestHeading(passage.heading)),
  }));
  const stem = await knowStems(tx, eachWord(candidates));
  const kind = answerKind(query);
  for (const candidate of candidates) if (kind?.test(candidate.text)) candidate.score += ANSWER_KIND_WEIGHT;
  return rerank(concepts, candidates, stem).slice(0, limit).map(toResult);
}

/** The last of the headings, without its number. */
const nearestHeading = (heading: string): string => (heading.split(" › ").at(-1) ?? "").replace(/^[\d.]+\s+/, "");

function* eachWord(candidates: Candidate[]): Generator<string> {
  for (const { words, above } of candidates) {
    for (const { text } of words) yield text;
    for (const { text } of above) yield text;
  }
}

async function loadPassages(tx: Tx, context: TenantContext, numbers: number[]) {
  if (numbers.length === 0) return [];
  return tx
    .select({
      number: chunks.number,
      documentId: chunks.documentId,
      title: documents.title,
      filename: documents.filename,
      chunkId: chunks.id,
      heading: chunks.heading,
      text: chunks.text,
      position: chunks.position,
      version: chunks.version,
      startChar: chunks.startChar,
      endChar: chunks.endChar,
    })
    .from(chunks)
    .innerJoin(documents, and(eq(documents.tenantId, chunks.tenantId), eq(documents.id, chunks.documentId)))
    .where(and(eq(chunks.tenantId, context.tenantId), inArray(chunks.number, numbers), isNull(documents.deletedAt)));
}

type Passage = Awaited<ReturnType<typeof loadPassages>>[number];

function toResult(found: Passage & Candidate & Reranked): FoundPassage {
  const { number: _, filename: __, words: ___, above: ____, nearestHeading: _____, ...passage } = found;
  return passage;
}

/** Whether one of `results` supports an answer to the question. Says "no" when the documents only share some of its words. */
export function isAnswered(results: FoundPassage[]): boolean {
  return results.some(({ support }) => support >= ANSWERED_SUPPORT);
}
