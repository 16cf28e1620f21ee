/** Characters [from, to) of a document's normalised text. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Cuts a piece of text that covers [start, end) of the source into the parts before, inside and after `range`. Where the text is not
 * the source character by character (an escape, an entity, a fence around code), an overlap marks the whole piece.
 */
export function cutAt(
  text: string,
  start: number,
  end: number,
  range: Range | null,
): [before: string, inside: string, after: string] {
  if (!range || range.to <= start || range.from >= end) return [text, "", ""];
  if (text.length !== end - start) return ["", text, ""];
  const from = Math.max(range.from - start, 0);
  const to = Math.min(range.to - start, text.length);
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}
