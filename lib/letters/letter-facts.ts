/** What of a letter must not change with its words. */

// Numbers with everything that belongs to them (amounts, dates, order and invoice numbers), addresses and links, and currencies.
const FACT = /\S*(?:\d|@|:\/\/)\S*|\b[A-Z]{3}\b/gu;
const EDGES = /^[^\p{L}\p{N}-]+|[^\p{L}\p{N}/]+$/gu;

export interface ChangedFacts {
  missing: string[];
  added: string[];
}

/** Every fact of the text, once, in its order. */
export function factsOf(text: string): string[] {
  const found = (text.match(FACT) ?? []).map((word) => word.replace(EDGES, "")).filter((word) => word !== "");
  return [...new Set(found)];
}

/** What the rewritten letter left out, and what it has made up. */
export function changedFacts(letter: string, rewritten: string): ChangedFacts {
  const [before, after] = [factsOf(letter), factsOf(rewritten)];
  return {
    missing: before.filter((fact) => !after.includes(fact)),
    added: after.filter((fact) => !before.includes(fact)),
  };
}
