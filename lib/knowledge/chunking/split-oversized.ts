import type { Block } from "./split-blocks";

/** A stretch of text, by character positions. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Cuts a block into spans of at most `size` characters: a paragraph after sentences, everything else after lines, and where that is not
 * enough after words, and at last anywhere but inside a character.
 */
export function splitOversized(text: string, block: Pick<Block, "kind" | "start" | "end">, size: number): Span[] {
  const boundary = block.kind === "paragraph" ? /[.!?…]["'”’)\]]*\s+|\n/g : /\n/g;
  const spans: Span[] = [];
  let start = block.start;
  for (const piece of piecesOf(text, block, boundary, size)) {
    if (piece.end - start > size && piece.start > start) {
      spans.push({ start, end: piece.start });
      start = piece.start;
    }
  }
  spans.push({ start, end: block.end });
  return spans.map((span) => trim(text, span)).filter((span) => span.end > span.start);
}

function* piecesOf(text: string, { start, end }: Span, boundary: RegExp, size: number): Generator<Span> {
  const body = text.slice(start, end);
  let from = 0;
  for (const match of body.matchAll(boundary)) {
    const to = match.index + match[0].length;
    yield* cut(text, { start: start + from, end: start + to }, size);
    from = to;
  }
  if (from < body.length) yield* cut(text, { start: start + from, end }, size);
}

function* cut(text: string, { start, end }: Span, size: number): Generator<Span> {
  let from = start;
  while (end - from > size) {
    const space = text.lastIndexOf(" ", from + size);
    let to = space > from + size / 2 ? space + 1 : from + size;
    if (isSurrogatePair(text, to)) to--;
    yield { start: from, end: to };
    from = to;
  }
  yield { start: from, end };
}

const isSurrogatePair = (text: string, at: number): boolean =>
  (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

function trim(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from] ?? "")) from++;
  while (to > from && /\s/.test(text[to - 1] ?? "")) to--;
  return { start: from, end: to };
}
