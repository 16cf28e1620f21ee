import type { Span } from "../chunking/split-oversized";
import type { Stemmer } from "../language/stems";
import { readContentWords } from "../language/words";
import { splitSentences } from "./sentences";

/** Of a statement's content words, at least this share must stand in a sentence for the sentence to support it. */
const SUPPORT_MIN = 0.3;
/** A second sentence joins the quote when it adds at least this share. */
const ADDED_MIN = 0.25;
const QUOTE_CHARS_MAX = 600;

/** Every word that `bestQuote` will compare. */
export const wordsToCompare = (...texts: string[][]): string[] =>
  texts.flat().flatMap((text) => readContentWords(text).map((word) => word.text));

/**
 * The sentence of `passage` that supports the statements best, with the next one when it takes both; undefined when none does. A
 * number in the statement that the passage does not hold counts as three words missing: most wrong quotes are wrong numbers.
 */
export function bestQuote(statements: string[], passage: string, stem: Stemmer): Span | undefined {
  const sentences = splitSentences(passage).map((span) => ({
    span,
    terms: termsOf(passage.slice(span.start, span.end), stem),
  }));
  let best: { span: Span; support: number } | undefined;
  for (const statement of statements) {
    const wanted = termsOf(statement, stem);
    for (const [i, { span, terms }] of sentences.entries()) {
      let found = { span, support: support(wanted, terms) };
      const next = sentences[i + 1];
      if (next && next.span.end - span.start <= QUOTE_CHARS_MAX) {
        const both = support(wanted, new Set([...terms, ...next.terms]));
        if (both >= Math.max(found.support, support(wanted, next.terms)) + ADDED_MIN)
          found = { span: { start: span.start, end: next.span.end }, support: both };
      }
      if (found.support > (best?.support ?? 0)) best = found;
    }
  }
  return best && best.support >= SUPPORT_MIN ? clip(passage, best.span) : undefined;
}

const termsOf = (text: string, stem: Stemmer): Set<string> =>
  new Set(readContentWords(text).map(({ text }) => stem(text)));

function support(wanted: Set<string>, terms: Set<string>): number {
  let [whole, found] = [0, 0];
  for (const term of wanted) {
    const weight = /^\d/.test(term) ? 3 : 1;
    whole += weight;
    if (terms.has(term)) found += weight;
  }
  return whole === 0 ? 0 : found / whole;
}

/** A quote of readable length: cut after a word, never inside a character. */
function clip(text: string, { start, end }: Span): Span {
  if (end - start <= QUOTE_CHARS_MAX) return { start, end };
  const space = text.lastIndexOf(" ", start + QUOTE_CHARS_MAX);
  const cut = space > start ? space : start + QUOTE_CHARS_MAX;
  return { start, end: /[\ud800-\udbff]/.test(text[cut - 1] ?? "") ? cut - 1 : cut };
}
