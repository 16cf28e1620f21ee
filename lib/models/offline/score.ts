// How likely a piece of a passage is to be the answer.
import { sentenceKind } from "@/lib/knowledge/language/answer-kind";
import { inWords, isAboutJustThis, presence, type Term, termOf } from "./terms";
import type { Unit } from "./units";
import { contentWords } from "./words";

/** A question, ready to be held against sentences. */
export interface Asked {
  terms: Term[];
  /** What its answer must contain to be one: a duration, a time, an amount. Null where nothing is certain. */
  expected: RegExp | null;
  /** It asks for steps: a row of a table names a thing and a value, but tells nobody what to do. */
  isHowTo: boolean;
}

const HOW_TO =
  /^\s*(?:how (?:do|does|can|could|should|to|would|must)|what (?:should|do|must|can|shall) (?:i|we|one|you) do|what to do)\b/i;

const EXPECTED_BONUS = 2.2;
/** "Every three years" above a list is the answer for all that stands in it. */
const EXPECTED_ABOVE_BONUS = 1.9;
/** A time or an amount in a sentence that shares no word with the question may be of anything. */
const EXPECTED_ALONE_BONUS = 1.2;
/** For what stands under a heading that says nothing but what was asked. */
const SECTION_BONUS = 1.25;
const ROW_OF_HOW_TO = 0.5;
/** What leads a section says what the rest of it details. */
const LEAD_BONUS = 0.25;

/** Reads a question for the pieces that may answer it; how rare its words are among them weighs them. */
export const readAsked = (question: string, units: Unit[]): Asked => ({
  terms: contentWords(question).map((word) => termOf(word, units)),
  expected: sentenceKind(question),
  isHowTo: HOW_TO.test(question),
});

export function scoreOf(unit: Unit, { terms, expected, isHowTo }: Asked): number {
  const isAbout = isAboutJustThis(unit, terms);
  const shares = isAbout || terms.some((term) => inWords(term, unit.stems) > 0);
  let score = 0;
  for (const term of terms) score += term.weight * presence(term, unit);
  if (expected?.test(unit.text)) score *= shares ? EXPECTED_BONUS : EXPECTED_ALONE_BONUS;
  else if (expected?.test(unit.heading)) score *= EXPECTED_ABOVE_BONUS;
  if (isHowTo && unit.isRow) score *= ROW_OF_HOW_TO;
  if (isAbout) score *= SECTION_BONUS;
  score *= 1 + LEAD_BONUS / (1 + unit.index);
  // Long sentences do not win by length alone.
  return (score * unit.fit) / (1 + Math.max(0, unit.text.length - 100) / 600);
}
