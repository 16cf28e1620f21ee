import type { TenantContext, Tx } from "@/db/with-tenant";
import { loadPostings, type Posting } from "./index/postings";
import { wordsLike } from "./index/vocabulary";
import { type Concept, readQuestion, wordsToStem } from "./language/question";
import { nearestTerms } from "./language/spelling";
import { knowStems } from "./language/stems";
import type { WeighedConcept } from "./ranking/find-concepts";
import { rarity } from "./ranking/score-chunks";

/** A question in the terms that this tenant's documents use, and where each of them stands. */
export interface Interpretation {
  concepts: WeighedConcept[];
  postings: Map<string, Posting>;
  /** How many chunks the tenant has. */
  total: number;
}

/** Reads a question; words that no document uses are replaced by the nearest that one does. */
export async function interpret(tx: Tx, context: TenantContext, query: string): Promise<Interpretation> {
  const stem = await knowStems(tx, wordsToStem(query));
  const concepts = readQuestion(query, stem);
  const found = await loadPostings(tx, context, termsOf(concepts));
  const postings = found.postings;
  let total = found.total;
  const unknown = concepts.filter((concept) => isCorrectable(concept) && !isKnown(concept, postings));
  if (unknown.length > 0) {
    await correct(tx, context, unknown);
    const missing = termsOf(unknown).filter((term) => !postings.has(term));
    const more = await loadPostings(tx, context, missing);
    for (const [term, posting] of more.postings) postings.set(term, posting);
    total ||= more.total;
  }
  return { concepts: concepts.map((concept) => weigh(concept, postings, total)), postings, total };
}

const termsOf = (concepts: Concept[]): string[] => [...new Set(concepts.flatMap(({ terms }) => [...terms.keys()]))];

/** The nearest number to a number, or part number to a part number, is another one. */
const isCorrectable = ({ word, joined }: Concept): boolean => !joined && /^\p{L}{4,}$/u.test(word);

const isKnown = ({ terms }: Concept, postings: Map<string, Posting>): boolean =>
  [...terms].some(([term, trust]) => trust === 1 && postings.has(term));

async function correct(tx: Tx, context: TenantContext, unknown: Concept[]): Promise<void> {
  const like = await wordsLike(
    tx,
    context,
    unknown.map(({ word }) => word),
  );
  for (const { word, terms } of unknown) {
    for (const { term, trust } of nearestTerms(word, like.get(word) ?? []))
      terms.set(term, Math.max(trust, terms.get(term) ?? 0));
  }
}

/** A word that no document knows says more than a rare one: what is asked for is most likely in none of them. */
const UNKNOWN_WEIGHT = 1.5;

/** A concept is as rare as its own word; when that is unknown, as the best known term that stands for it. */
function weigh(concept: Concept, postings: Map<string, Posting>, total: number): WeighedConcept {
  const [best] = [...concept.terms].filter(([term]) => postings.has(term)).sort((a, b) => b[1] - a[1]);
  const holding = best ? (postings.get(best[0])?.numbers.length ?? 0) : 0;
  return { ...concept, rarity: concept.weight * rarity(holding, total) * (best ? 1 : UNKNOWN_WEIGHT) };
}
