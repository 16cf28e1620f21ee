import type { Posting } from "../index/postings";
import type { Concept } from "../language/question";

/** A chunk that holds something of what was asked. */
export interface ScoredChunk {
  number: number;
  score: number;
}

// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): how soon repeating a word stops helping.
const SATURATION = 1.1;

/** How rare a term is among `total` chunks: BM25's idf, which never is negative. */
export const rarity = (holding: number, total: number): number =>
  Math.log(1 + (Math.max(total - holding, 0) + 0.5) / (holding + 0.5));

/** The best `limit` chunks by BM25 over concepts: of a concept's terms the one that fits a chunk best counts. */
export function scoreChunks(
  concepts: Concept[],
  postings: Map<string, Posting>,
  total: number,
  limit: number,
): ScoredChunk[] {
  const scores = new Map<number, number>();
  for (const { terms, weight: share } of concepts) {
    const best = new Map<number, number>();
    for (const [term, trust] of terms) {
      const posting = postings.get(term);
      if (!posting) continue;
      const worth = share * trust * rarity(posting.numbers.length, total) * (SATURATION + 1);
      for (const [i, number] of posting.numbers.entries()) {
        const weight = posting.weights[i] ?? 0;
        const score = (worth * weight) / (weight + SATURATION);
        if (score > (best.get(number) ?? 0)) best.set(number, score);
      }
    }
    for (const [number, score] of best) scores.set(number, (scores.get(number) ?? 0) + score);
  }
  return [...scores]
    .map(([number, score]) => ({ number, score }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
    .slice(0, limit);
}
