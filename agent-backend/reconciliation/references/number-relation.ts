import { editDistance } from "./edit-distance";
import type { Identifier } from "./identifier";

/** How one written number relates to another: the same but for its form, a typing slip away, or unrelated. */
export type NumberRelation = "same" | "slip" | "unrelated";

/** As many characters may be cut off at an end. */
const CUT_MAX = 2;

/**
 * Numbers are the same when they differ in separators, a missing prefix, leading zeros or look-alike letters; a slip is
 * one character added, dropped or replaced, two exchanged, another prefix, or one or two cut off at an end.
 */
export function relateNumbers(a: Identifier, b: Identifier): NumberRelation {
  if (a.folded === "" || b.folded === "") return "unrelated";
  if (a.folded === b.folded) return "same";
  const isBare = a.letters === "" || b.letters === "";
  const hasDigits = Math.min(a.digitRun.length, b.digitRun.length) >= 4;
  if (hasDigits && (a.digitRun === b.digitRun || a.digits === b.digits)) {
    return isBare || a.letters === b.letters ? "same" : "slip";
  }
  if (editDistance(a.folded, b.folded, 1) <= 1 || areExchanged(a.folded, b.folded)) return "slip";
  // A number may have lost its prefix and have a slip in its digits.
  if (hasDigits && isBare && editDistance(a.digitRun, b.digitRun, 1) <= 1) return "slip";
  const [short, long] = a.folded.length < b.folded.length ? [a.folded, b.folded] : [b.folded, a.folded];
  const isCut = long.length - short.length <= CUT_MAX && (long.startsWith(short) || long.endsWith(short));
  return short.length >= 4 && isCut ? "slip" : "unrelated";
}

/** Equal but for two characters that changed places. */
export function areExchanged(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((character, index) => (character === b[index] ? [] : [index]));
  const [first = -1, second = -1] = differing;
  return differing.length === 2 && a[first] === b[second] && a[second] === b[first];
}
