import type { Stemmer } from "../language/stems";
import type { Word } from "../language/words";
import { type Finding, findConcepts, type WeighedConcept } from "./find-concepts";
import { supportOf } from "./support";

/** A chunk that was scored by its terms alone, with what is needed to look closer. */
export interface Candidate {
  number: number;
  score: number;
  /** The words of its text, and of the title and headings above it. */
  words: Word[];
  above: Word[];
  /** The content words of the nearest heading above it. */
  nearestHeading: Word[];
}

/** Added to a reranked candidate. */
export interface Reranked {
  score: number;
  /** How well the passage supports an answer; see `supportOf`. */
  support: number;
}

// Both were chosen on one half of a public question set and kept on the other; the optimum is flat.
const NEIGHBOURS_WEIGHT = 0.45;
const EXACT_WEIGHT = 0.1;
const HEADING_WEIGHT = 0.4;
/** Two words of a question count as neighbours in it when at most this many places apart. */
const NEIGHBOUR_PLACES = 3;

/**
 * Reorders the best candidates by what term counts cannot see: words that stand side by side in the question and in the passage, and
 * words in the very form they were asked in.
 */
export function rerank<C extends Candidate>(
  concepts: WeighedConcept[],
  candidates: C[],
  stem: Stemmer,
): (C & Reranked)[] {
  const words = concepts.filter(({ joined }) => !joined);
  return candidates
    .map((candidate) => {
      const inText = findConcepts(words, candidate.words, stem);
      const exact = words.map(({ rarity }, i) => (inText[i]?.exact ? rarity : 0));
      const score =
        candidate.score +
        NEIGHBOURS_WEIGHT * neighbours(words, inText) +
        EXACT_WEIGHT * sum(exact) +
        HEADING_WEIGHT * headingFit(words, candidate.nearestHeading, stem);
      return { ...candidate, score, support: supportOf(concepts, candidate, stem) };
    })
    .sort((a, b) => b.score - a.score || a.number - b.number);
}

/** How often pairs of neighbouring words of the question follow one another in the passage, as closely as in the question. */
function neighbours(concepts: WeighedConcept[], findings: Finding[]): number {
  let score = 0;
  for (let i = 0; i + 1 < concepts.length; i++) {
    const [first, second] = [concepts[i] as WeighedConcept, concepts[i + 1] as WeighedConcept];
    const gap = second.place - first.place;
    if (gap > NEIGHBOUR_PLACES) continue;
    const after = new Set(findings[i + 1]?.places);
    const times = (findings[i]?.places ?? []).filter((place) =>
      within(place, gap).some((next) => after.has(next)),
    ).length;
    score += Math.min(first.rarity, second.rarity) * (times / (times + 0.5));
  }
  return score;
}

/** How much of the question a heading names, counted as far as the heading names nothing else: one that is about just this says most. */
function headingFit(concepts: WeighedConcept[], heading: Word[], stem: Stemmer): number {
  const single = heading.filter(({ joined }) => !joined);
  if (single.length === 0) return 0;
  const findings = findConcepts(concepts, single, stem);
  const named = sum(concepts.map(({ rarity }, i) => rarity * (findings[i]?.trust ?? 0)));
  const asked = new Set(findings.flatMap(({ places }) => places)).size;
  return named * (asked / single.length);
}

const within = (place: number, gap: number): number[] =>
  Array.from({ length: Math.max(gap, 1) }, (_, i) => place + i + 1);

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
