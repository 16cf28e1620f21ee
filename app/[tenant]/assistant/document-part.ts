import type { Range } from "./highlight";

/** A document longer than this is read in parts: a browser does not lay out a book at once. */
export const PART_CHARS = 200_000;

export interface DocumentPart extends Range {
  /** From 1. */
  number: number;
  count: number;
}

/** Where part `number` begins: at the first line after its nominal place. */
function startOf(text: string, number: number): number {
  const nominal = (number - 1) * PART_CHARS;
  if (nominal <= 0) return 0;
  const line = text.indexOf("\n", nominal);
  return line < 0 || line - nominal > PART_CHARS / 2 ? nominal : line + 1;
}

/** The part of `text` with that number, else the one in which `range` begins, else the first. */
export function partOf(text: string, range: Range | null, number?: number): DocumentPart {
  const count = Math.max(Math.ceil(text.length / PART_CHARS), 1);
  let chosen = Math.min(Math.max(number ?? Math.floor((range?.from ?? 0) / PART_CHARS) + 1, 1), count);
  // A part begins a little after its nominal place, so that the passage may still belong to the one before.
  if (number === undefined && range && chosen > 1 && range.from < startOf(text, chosen)) chosen -= 1;
  return {
    number: chosen,
    count,
    from: startOf(text, chosen),
    to: chosen === count ? text.length : startOf(text, chosen + 1),
  };
}
