import type { Concept } from "../language/question";
import type { Stemmer } from "../language/stems";
import type { Word } from "../language/words";

/** A concept and how rare it is in the tenant's documents: what finding it says. */
export interface WeighedConcept extends Concept {
  rarity: number;
}

/** Where a text holds a concept. */
export interface Finding {
  places: number[];
  /** How well the best term that was found stands for the concept; 0 when none was. */
  trust: number;
  /** Whether it stands there in the very form it was asked in. */
  exact: boolean;
}

/** Looks for each concept among the words of a text; the findings are in the order of the concepts. */
export function findConcepts(concepts: Concept[], words: Word[], stem: Stemmer): Finding[] {
  const findings = concepts.map((): Finding => ({ places: [], trust: 0, exact: false }));
  const byTerm = new Map<string, { finding: Finding; trust: number; word: string }[]>();
  for (const [i, { terms, word }] of concepts.entries()) {
    for (const [term, trust] of terms) {
      const finding = findings[i] as Finding;
      byTerm.set(term, [...(byTerm.get(term) ?? []), { finding, trust, word }]);
    }
  }
  for (const { text: word, place } of words) {
    for (const hit of byTerm.get(stem(word)) ?? []) {
      hit.finding.places.push(place);
      hit.finding.trust = Math.max(hit.finding.trust, hit.trust);
      if (word === hit.word) hit.finding.exact = true;
    }
  }
  return findings;
}
