// The words of a question, and how far a piece of a passage holds them.
import { nearestTerms } from "@/lib/knowledge/language/spelling";
import { synonymsOf } from "@/lib/knowledge/language/synonyms";
import { formsOf } from "@/lib/knowledge/language/word-forms";
import type { Unit } from "./units";
import { contentWords, stem } from "./words";

/** A word of the question, with the words that people use for it. */
export interface Term {
  stem: string;
  /** Forms of the word itself that have another stem. */
  forms: Set<string>;
  others: Set<string>;
  weight: number;
}

const IDENTIFIER_WEIGHT = 1.5;
const HEADING_WEIGHT = 0.8;
const ABOVE_WEIGHT = 0.5;
const FORM_WEIGHT = 0.9;
const OTHER_WORD_WEIGHT = 0.6;
/** One slip, and not in the first letter: "bread" is not a misspelt "read". */
const SPELLING_TRUST_MIN = 0.9;

export function termOf(asked: string, units: Unit[]): Term {
  const word = isIn(asked, units) ? asked : nearestIn(asked, units);
  const own = stem(word);
  const forms = new Set(formsOf(word).map(stem));
  const others = new Set(synonymsOf(word).map(stem));
  const seen = units.filter(({ stems }) => stems.has(own) || !forms.isDisjointFrom(stems)).length;
  // An error code or a part number says exactly what is meant; other words only narrow it down.
  const weight = Math.log(1 + units.length / Math.max(seen, 1)) * (/\d/.test(own) ? IDENTIFIER_WEIGHT : 1);
  return { stem: own, forms, others, weight };
}

function isIn(word: string, units: Unit[]): boolean {
  const spellings = new Set([word, ...formsOf(word), ...synonymsOf(word)].map(stem));
  return units.some(({ stems, above }) => !spellings.isDisjointFrom(stems) || !spellings.isDisjointFrom(above));
}

/** The search found the passages though a word was misspelt; here it is read as what the passages say. */
function nearestIn(word: string, units: Unit[]): string {
  if (!/^\p{L}{5,}$/u.test(word)) return word;
  const known = [...new Set(units.flatMap(({ text }) => contentWords(text)))].map((text) => ({
    word: text,
    term: text,
  }));
  const [nearest] = nearestTerms(word, known);
  return nearest && nearest.trust >= SPELLING_TRUST_MIN ? nearest.term : word;
}

/** How much of the question stands in a unit or above it, each word by its weight. */
export function coverage(unit: Unit, terms: Term[]): number {
  const whole = terms.reduce((sum, { weight }) => sum + weight, 0);
  return terms.reduce((sum, term) => sum + term.weight * presence(term, unit), 0) / whole;
}

/** Whether the nearest heading says nothing but what was asked. */
export const isAboutJustThis = ({ headed }: Unit, terms: Term[]): boolean =>
  headed.size > 0 && [...headed].every((word) => terms.some(({ stem, forms }) => stem === word || forms.has(word)));

export function presence(term: Term, { stems, headed, above }: Pick<Unit, "stems" | "headed" | "above">): number {
  return Math.max(inWords(term, stems), HEADING_WEIGHT * inWords(term, headed), ABOVE_WEIGHT * inWords(term, above));
}

export function inWords({ stem, forms, others }: Term, stems: Set<string>): number {
  if (stems.has(stem)) return 1;
  if (!forms.isDisjointFrom(stems)) return FORM_WEIGHT;
  return others.isDisjointFrom(stems) ? 0 : OTHER_WORD_WEIGHT;
}
