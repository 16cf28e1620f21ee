import type { Identifier } from "./identifier";
import { areExchanged, relateNumbers } from "./number-relation";

export type Repetition = "equal" | "suffixed" | "transposed";

const SUFFIX_MAX = 6;

/** How `b` repeats the invoice number `a`: the same, with something added at one's end, or two characters exchanged. */
export function relateRepeated(a: Identifier, b: Identifier): Repetition | null {
  if (relateNumbers(a, b) === "same") return "equal";
  const [short, long] = a.folded.length < b.folded.length ? [a.folded, b.folded] : [b.folded, a.folded];
  if (short.length >= 3 && long.length - short.length <= SUFFIX_MAX && long.startsWith(short)) return "suffixed";
  return areExchanged(a.folded, b.folded) ? "transposed" : null;
}
