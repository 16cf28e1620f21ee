import type { TenantContext, Tx } from "@/db/with-tenant";
import { knowStems } from "../language/stems";
import { addPostings } from "./postings";
import { countWords, type IndexedText, weighTerms } from "./term-weights";
import { learnWords } from "./vocabulary";

/** Each batch waits for the database once, which gives other requests a turn: a whole book in one go would take seconds. */
const CHUNKS_PER_BATCH = 128;

/** Puts chunks, numbered from `firstNumber`, into the tenant's index. The caller holds the corpus' lock. */
export async function indexChunks(
  tx: Tx,
  context: TenantContext,
  chunks: IndexedText[],
  firstNumber: number,
): Promise<void> {
  for (let at = 0; at < chunks.length; at += CHUNKS_PER_BATCH) {
    const counts = chunks.slice(at, at + CHUNKS_PER_BATCH).map(countWords);
    const words = new Set(counts.flatMap(({ words }) => [...words.keys()]));
    const stem = await knowStems(tx, words);
    const batch = counts.map((count, i) => ({ number: firstNumber + at + i, weights: weighTerms(count, stem) }));
    await addPostings(tx, context, batch);
    await learnWords(tx, context, words, stem);
  }
}
