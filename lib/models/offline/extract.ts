import type { Passage } from "@/contract/knowledge";
import { answerKind } from "@/lib/knowledge/language/answer-kind";
import { type Asked, readAsked, scoreOf } from "./score";
import { coverage, inWords, isAboutJustThis } from "./terms";
import { type Unit, unitsOf } from "./units";
import { contentStems, contentWords } from "./words";

/** A sentence that covers less of the question than this answers another one. */
const COVERAGE_MIN = 0.25;
const UNITS_MAX = 3;
/** A spreadsheet's first columns say what a row is about. */
const NAMING_CELLS = 3;
/**
 * The search that ranked the passages read all of the question, so its fit counts for each sentence, and most for what is said first:
 * a wrong first sentence is a wrong answer, a further one only adds to it.
 */
const FIRST_RANK_DISCOUNT = 0.2;
/** Further sentences must come this close to the best one. */
const ALSO_SCORE = 0.65;

/**
 * Answers from the passages' own words: the sentences that share most with the question, rare words counting more, each followed by
 * the number of its passage. Returns null when nothing shares enough.
 */
export function extractAnswer(question: string, passages: Passage[]): string | null {
  const lines = [...new Set(questionsIn(question).flatMap((one) => extractLines(one, passages)))];
  if (lines.length === 0) return null;
  return lines.length === 1 ? (lines[0] ?? null) : lines.map((line) => `- ${line}`).join("\n");
}

const NEXT_QUESTION = /,?\s+and\s+(?=(?:what|how|when|who|where|which|why|is|are|do|does|can|may)\b)/i;

/** "What is the return window, and what is the fee?" asks twice. A part that says little alone ("and what does it cost?") stays with the rest. */
function questionsIn(question: string): string[] {
  const parts = question.split(NEXT_QUESTION);
  return parts.every((part) => contentWords(part).length > 1) ? parts : [question];
}

function extractLines(question: string, passages: Passage[]): string[] {
  const units = passages.flatMap((passage, rank) => unitsOf(passage, rank));
  const asked = readAsked(question, units);
  const scored = units
    .map((unit) => ({ unit, score: scoreOf(unit, asked) }))
    .sort((a, b) => b.score - a.score || inReadingOrder(a.unit, b.unit));
  const best = bestOf(scored);
  if (!best || !isAnswer(best.unit, asked)) return [];
  // Where it is certain what kind of answer is wanted, what is no such thing is left out.
  const isAnswered = answerKind(question) !== null && holdsExpected(best.unit, asked);
  const also = scored
    .filter(({ unit }) => unit !== best.unit)
    .slice(0, UNITS_MAX - 1)
    .filter(({ unit, score }) => score >= best.score * ALSO_SCORE && (!isAnswered || holdsExpected(unit, asked)))
    .map(({ unit }) => unit)
    .sort(inReadingOrder);
  const chosen = [best.unit, ...also];
  return render(asked.isHowTo ? stepsInOrder(chosen) : chosen, asked);
}

const isAnswer = (unit: Unit, { terms }: Asked): boolean =>
  isAboutJustThis(unit, terms) || coverage(unit, terms) >= COVERAGE_MIN;

interface Scored {
  unit: Unit;
  score: number;
}

function bestOf(scored: Scored[]): Scored | undefined {
  const leading = ({ unit, score }: Scored) => (score * unit.fit) / (1 + FIRST_RANK_DISCOUNT * unit.rank);
  return scored.reduce<Scored | undefined>(
    (best, next) => (best && leading(best) >= leading(next) ? best : next),
    undefined,
  );
}

const inReadingOrder = (a: Unit, b: Unit): number => a.rank - b.rank || a.index - b.index;

/** The best one's passage first, each passage from its beginning. */
function stepsInOrder(units: Unit[]): Unit[] {
  const best = units[0]?.rank;
  const [first, rest] = [units.filter(({ rank }) => rank === best), units.filter(({ rank }) => rank !== best)];
  return [...first.sort(inReadingOrder), ...rest.sort(inReadingOrder)];
}

const holdsExpected = ({ text, heading }: Unit, { expected }: Asked): boolean =>
  expected !== null && (expected.test(text) || expected.test(heading));

/** Of a wide row what names it and what was asked for; what a heading answers, with that heading. */
function say({ text, cells, heading }: Unit, { terms, expected }: Asked): string {
  const isAsked = (cell: string) => {
    const stems = new Set(contentStems(cell));
    return expected?.test(cell) || terms.some((term) => inWords(term, stems) > 0);
  };
  const named = cells.slice(NAMING_CELLS).filter(isAsked);
  const said = named.length > 0 ? [...cells.slice(0, NAMING_CELLS), ...named].join(", ") : text;
  return expected && !expected.test(said) && expected.test(heading) ? `${heading}: ${said}` : said;
}

/** Best first, each with its passage's number. */
const render = (units: Unit[], asked: Asked): string[] =>
  units.map((unit) => `${say(unit, asked).replace(/\s*:\s*$/, "")} [${unit.n}]`);
