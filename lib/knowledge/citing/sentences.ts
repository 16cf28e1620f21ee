import { splitBlocks } from "../chunking/split-blocks";
import type { Span } from "../chunking/split-oversized";

// A full stop ends a sentence when white space and a new beginning follow, and no abbreviation or single initial comes before.
const SENTENCE_END = /[.!?…]["'”’)\]]*\s+(?=["'“‘([]?[\p{Lu}\p{N}\p{Lo}])/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:[A-Z]|e\.g|i\.e|etc|vs|cf|no|nos|dr|mr|mrs|ms|prof|inc|ltd|co|st|approx|fig|sec|art|p|pp)\.$/i;

/** The sentences of a passage: of prose the sentences, of lists the items, of tables and code the lines. Headings are none. */
export function splitSentences(text: string): Span[] {
  return splitBlocks(text).flatMap(({ kind, start, end }) => {
    if (kind === "heading") return [];
    if (kind === "paragraph") return proseSentences(text, { start, end });
    return lineSpans(text, { start, end }, kind === "table");
  });
}

function proseSentences(text: string, { start, end }: Span): Span[] {
  const body = text.slice(start, end);
  const spans: Span[] = [];
  let from = 0;
  for (const match of body.matchAll(SENTENCE_END)) {
    if (ABBREVIATION.test(body.slice(Math.max(from, match.index - 8), match.index + 1))) continue;
    spans.push({ start: start + from, end: start + match.index + match[0].trimEnd().length });
    from = match.index + match[0].length;
  }
  if (from < body.length) spans.push({ start: start + from, end });
  return spans;
}

const RULE_ROW = /^[\s|:-]+$/;

/** Items go to their end over continuation lines; a list item's mark is left out of the span. */
function lineSpans(text: string, { start, end }: Span, isTable: boolean): Span[] {
  const spans: Span[] = [];
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    const mark = isTable ? "" : (/^\s*(?:(?:[-*+•]|\d{1,9}[.)])\s+)?/.exec(line)?.[0] ?? "");
    const span = { start: at + mark.length, end: at + line.trimEnd().length };
    const last = spans.at(-1);
    const continues = !isTable && /^\s{2,}\S/.test(line) && !/\S/.test(mark) && last && line.trim() !== "";
    if (continues) last.end = span.end;
    else if (span.end > span.start && !RULE_ROW.test(line) && !/^\s*[`~]{3}/.test(line)) spans.push(span);
    at += line.length + 1;
  }
  return spans;
}
