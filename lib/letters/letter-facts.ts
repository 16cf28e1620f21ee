/** What of a letter must not change with its words. */

// Numbers with everything that belongs to them (amounts, dates, order and invoice numbers), addresses and links, and currencies. Looked for
// word by word, because one pattern for all would take far too long for a long word.
const TELLING = /\d|@|:\/\//;
const CURRENCY = /\b[A-Z]{3}\b/g;
const BEGINS = /[\p{L}\p{N}-]/u;
const ENDS = /[\p{L}\p{N}/]/u;

export interface ChangedFacts {
  missing: string[];
  added: string[];
}

/** Every fact of the text, once, in its order. */
export function factsOf(text: string): string[] {
  const found = text
    .split(/\s+/)
    .flatMap((word) => (TELLING.test(word) ? trimmed(word) : (word.match(CURRENCY) ?? [])));
  return [...new Set(found)].filter((fact) => fact !== "");
}

/** The word without the punctuation around it. */
function trimmed(word: string): string {
  let end = word.length;
  while (end > 0 && !ENDS.test(word[end - 1] ?? "")) end--;
  const start = word.search(BEGINS);
  return start < 0 ? "" : word.slice(start, end);
}

/** What the rewritten letter left out, and what it has made up. */
export function changedFacts(letter: string, rewritten: string): ChangedFacts {
  const [before, after] = [new Set(factsOf(letter)), new Set(factsOf(rewritten))];
  return { missing: [...before.difference(after)], added: [...after.difference(before)] };
}
