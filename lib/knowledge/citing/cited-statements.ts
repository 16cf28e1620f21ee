import { splitSentences } from "./sentences";

const CITATION = /\[(\d{1,4}(?:\s*,\s*\d{1,4})*)\]/g;
const NUMBERS_MAX = 200;

/**
 * The statements of an answer by the passage numbers they cite: `[2]`, `[1][3]` and `[1, 3]`. A number speaks for the words between the
 * number before it and itself, and for its whole sentence. A link or a code block cites nothing.
 */
export function citedStatements(answer: string): Map<number, string[]> {
  const statements = new Map<number, string[]>();
  for (const sentence of sentencesOf(answer.replaceAll(/```[\s\S]*?(?:```|$)/g, ""))) {
    let from = 0;
    for (const match of sentence.matchAll(CITATION)) {
      const end = match.index + match[0].length;
      // `[1](https://…)` is a link.
      if (sentence[end] === "(") continue;
      const clause = withoutNumbers(sentence.slice(from, match.index));
      const said = clause === "" ? [withoutNumbers(sentence)] : [clause, withoutNumbers(sentence)];
      for (const n of (match[1] ?? "").split(",").map(Number)) {
        if (n === 0 || (statements.size >= NUMBERS_MAX && !statements.has(n))) continue;
        statements.set(n, [...(statements.get(n) ?? []), ...said]);
      }
      from = end;
    }
  }
  return statements;
}

const withoutNumbers = (text: string): string => text.replaceAll(CITATION, " ").trim();

/** Sentences of the answer; a number set after the full stop belongs to the sentence before it. */
function sentencesOf(answer: string): string[] {
  const moved = answer.replaceAll(/([.!?…]["'”’)\]]*)((?:\s*\[\d{1,4}(?:\s*,\s*\d{1,4})*\](?!\())+)/g, "$2$1");
  return splitSentences(moved).map(({ start, end }) => moved.slice(start, end));
}
