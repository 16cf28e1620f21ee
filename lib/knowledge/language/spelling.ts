import type { KnownWord } from "../index/vocabulary";
import { editDistance } from "./edit-distance";
import { synonymsOf } from "./synonyms";
import { formsOf } from "./word-forms";

/** A term that a misspelt or shortened word may stand for, and how far it is trusted, up to 1. */
export interface Correction {
  term: string;
  trust: number;
}

const CORRECTIONS_MAX = 3;
const ONE_SLIP = 0.9;
const TWO_SLIPS = 0.7;
const UNFINISHED = 0.6;
/** Words shorter than this have other words all around them: `deal` is one slip from `dead`, `dial` and `dual`. */
const CORRECTED_LENGTH_MIN = 5;
/** From here on two slips, or a wrong first letter, still leave only one word that can be meant. */
const LONG = 8;

/** The nearest of the words that the documents use. Short words are corrected by one slip, long ones by two; a longer word that begins with it counts too. */
export function nearestTerms(word: string, known: KnownWord[]): Correction[] {
  const slipsAllowed = isRightlySpelt(word) || word.length < CORRECTED_LENGTH_MIN ? 0 : word.length < LONG ? 1 : 2;
  const best = new Map<string, number>();
  for (const candidate of known) {
    const trust = closeness(word, candidate.word, slipsAllowed);
    if (trust > (best.get(candidate.term) ?? 0)) best.set(candidate.term, trust);
  }
  return [...best]
    .map(([term, trust]) => ({ term, trust }))
    .sort((a, b) => b.trust - a.trust)
    .slice(0, CORRECTIONS_MAX);
}

/** A word of general English is meant as it stands: that the documents lack it says that they do not speak of it. */
const isRightlySpelt = (word: string): boolean => synonymsOf(word).length > 0 || formsOf(word).length > 0;

function closeness(word: string, candidate: string, slipsAllowed: number): number {
  // People rarely get the first letter wrong: a shorter word with another one (`boil`, `foil`) is another word.
  const isSameStart = word[0] === candidate[0];
  const slips =
    isSameStart || word.length >= LONG ? editDistance(word, candidate, slipsAllowed) : Number.POSITIVE_INFINITY;
  if (slips <= slipsAllowed) return (slips <= 1 ? ONE_SLIP : TWO_SLIPS) - (isSameStart ? 0 : 0.15);
  return word.length >= 4 && candidate.startsWith(word) ? UNFINISHED : 0;
}
