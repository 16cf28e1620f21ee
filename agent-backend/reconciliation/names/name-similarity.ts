import { editDistance } from "../references/edit-distance";
import type { PreparedName } from "./normalize-name";

/** How much a word tells about who is meant: words that many suppliers share tell little. */
export type WordWeight = (word: string) => number;

/** The shortest run of characters that may count as a truncated name. */
const TRUNCATED_MIN = 6;
/** `Smith Ltd` and `Smith PLC` may be two suppliers, or one that somebody got wrong. */
const OTHER_FORM = 0.88;

/**
 * How likely two names mean the same supplier, from 0 to 1. Words are paired best first and each pair judged as equal,
 * shortened, abbreviated or mistyped; words left over count against the longer name only in part, because banks cut
 * names off and add towns.
 */
export function nameSimilarity(a: PreparedName, b: PreparedName, weigh: WordWeight): number {
  if (a.full === "" || b.full === "") return 0;
  if (a.full === b.full) return 1;
  const differsInForm = a.form !== "" && b.form !== "" && a.form !== b.form;
  return wordSimilarity(a, b, weigh) * (differsInForm ? OTHER_FORM : 1);
}

function wordSimilarity(a: PreparedName, b: PreparedName, weigh: WordWeight): number {
  const [shorter, longer] = a.full.length <= b.full.length ? [a, b] : [b, a];
  if (shorter.words.join("") === longer.words.join("")) return 0.98;

  const { coveredShort, coveredLong } = coverage(shorter.words, longer.words, weigh);
  const byWords = 0.7 * Math.max(coveredShort, coveredLong) + 0.3 * Math.min(coveredShort, coveredLong);
  const cutOff = shorter.full.length >= TRUNCATED_MIN && longer.full.startsWith(shorter.full) ? 0.9 : 0;
  const acronym = isAcronym(a.words, b.words) || isAcronym(b.words, a.words) ? 0.75 : 0;
  return Math.max(byWords, cutOff, acronym, runTogether(shorter.words.join(""), longer.words.join("")));
}

function coverage(
  shorter: string[],
  longer: string[],
  weigh: WordWeight,
): { coveredShort: number; coveredLong: number } {
  const pairs: { i: number; j: number; likeness: number }[] = [];
  shorter.forEach((word, i) => {
    longer.forEach((other, j) => {
      const likeness = wordLikeness(word, other);
      if (likeness > 0) pairs.push({ i, j, likeness });
    });
  });
  pairs.sort((x, y) => y.likeness - x.likeness || x.i - y.i || x.j - y.j);
  const usedShort = new Set<number>();
  const usedLong = new Set<number>();
  let matchedShort = 0;
  let matchedLong = 0;
  for (const { i, j, likeness } of pairs) {
    if (usedShort.has(i) || usedLong.has(j)) continue;
    usedShort.add(i);
    usedLong.add(j);
    matchedShort += likeness * weigh(shorter[i] ?? "");
    matchedLong += likeness * weigh(longer[j] ?? "");
  }
  const total = (words: string[]) => words.reduce((sum, word) => sum + weigh(word), 0);
  return { coveredShort: matchedShort / total(shorter), coveredLong: matchedLong / total(longer) };
}

function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  // A slip or two leave one of the first two letters nearly in place; looking further costs most of the time.
  if (a[0] !== b[0] && a[1] !== b[1] && a[0] !== b[1] && a[1] !== b[0]) return 0;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1) return long.startsWith(short) ? 0.4 : 0;
  if (long.startsWith(short)) return short.length >= 3 ? 0.9 : 0.6;
  const limit = long.length >= 8 ? 2 : 1;
  if (short.length >= 4) {
    const distance = editDistance(short, long, limit);
    if (distance <= limit) return distance === 1 ? 0.85 : 0.7;
  }
  return short.length >= 3 && isAbbreviation(short, long) ? 0.75 : 0;
}

/** `MFG` of `MANUFACTURING`, `LGSTK` of `LOGISTIK`: the first letter, then others in their order. */
function isAbbreviation(short: string, long: string): boolean {
  if (short[0] !== long[0] || short.length > long.length - 2) return false;
  let position = 0;
  for (const letter of short) {
    position = long.indexOf(letter, position) + 1;
    if (position === 0) return false;
  }
  return true;
}

function isAcronym(words: string[], other: string[]): boolean {
  const [acronym] = words;
  return words.length === 1 && other.length >= 3 && acronym === other.map((word) => word[0]).join("");
}

/** Names that differ in where the spaces are, or by a typing slip or two. */
function runTogether(short: string, long: string): number {
  if (short.length < 6) return 0;
  const distance = editDistance(short, long, 2);
  if (distance <= 2) return 0.95 - 0.07 * distance;
  return short.length >= 8 && editDistance(short, long.slice(0, short.length), 1) <= 1 ? 0.85 : 0;
}
