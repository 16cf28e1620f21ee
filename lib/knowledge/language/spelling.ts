import type { KnownWord } from "../index/vocabulary";
import { editDistance } from "./edit-distance";

/** A term that a misspelt or shortened word may stand for, and how far it is trusted, up to 1. */
export interface Correction {
  term: string;
  trust: number;
}

const CORRECTIONS_MAX = 3;
const ONE_SLIP = 0.9;
const TWO_SLIPS = 0.7;
const UNFINISHED = 0.6;
const SLIPS_MAX = 2;

/** The nearest of the words that the documents use. Short words are corrected by one slip, long ones by two; a longer word that begins with it counts too. */
export function nearestTerms(word: string, known: KnownWord[]): Correction[] {
  const slipsAllowed = word.length >= 8 ? SLIPS_MAX : word.length >= 4 ? 1 : 0;
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

function closeness(word: string, candidate: string, slipsAllowed: number): number {
  const slips = editDistance(word, candidate, slipsAllowed);
  // People rarely get the first letter wrong.
  const firstLetter = word[0] === candidate[0] ? 0 : 0.15;
  if (slips <= slipsAllowed) return (slips <= 1 ? ONE_SLIP : TWO_SLIPS) - firstLetter;
  return word.length >= 4 && candidate.startsWith(word) ? UNFINISHED : 0;
}
