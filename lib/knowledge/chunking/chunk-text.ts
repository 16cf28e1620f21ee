// Cuts a document's text into the passages that are searched, shown and cited.
import { type Block, splitBlocks } from "./split-blocks";
import { type Span, splitOversized } from "./split-oversized";

/** A passage: exactly `text.slice(startChar, endChar)` of the document it was cut from. */
export interface Chunk {
  heading: string;
  startChar: number;
  endChar: number;
  text: string;
}

/** About 200 words: long enough to answer, short enough that a match says where. */
const CHUNK_CHARS = 1_200;
/** A table or list up to this long stays whole. */
const WHOLE_CHARS_MAX = 2_400;
const HEADING_CHARS_MAX = 300;
export const HEADING_SEPARATOR = " › ";

/** The chunks of `text` in order. They never overlap, each lies under one heading, and only white space is left out between them. */
export function chunkText(text: string, title = ""): Chunk[] {
  const chunks: Chunk[] = [];
  const path: { level: number; label: string }[] = [];
  let open: Block[] = [];
  const flush = () => {
    const [first, last] = [open[0], open.at(-1)];
    if (first && last) chunks.push(...cutChunks(text, open, headingOf(path, title)));
    open = [];
  };
  for (const block of splitBlocks(text)) {
    if (block.kind === "heading") {
      // A heading with nothing under it goes with what follows.
      if (open.some(({ kind }) => kind !== "heading")) flush();
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      path.push({ level: block.level, label: plainLabel(block.label) });
    } else if (isFull(open, block)) {
      const leadIn = takeLeadIn(text, open, block);
      flush();
      open = leadIn;
    }
    open.push(block);
  }
  flush();
  return chunks;
}

function isFull(open: Block[], next: Block): boolean {
  const first = open[0];
  if (!first || open.every(({ kind }) => kind === "heading")) return false;
  return next.end - first.start > CHUNK_CHARS;
}

/** "You need:" belongs to the list or table below it, not to the passage above. */
function takeLeadIn(text: string, open: Block[], next: Block): Block[] {
  const last = open.at(-1);
  const leads =
    last?.kind === "paragraph" && /:\s*$/.test(text.slice(last.start, last.end)) && last.end - last.start < 400;
  if (!leads || (next.kind !== "list" && next.kind !== "table" && next.kind !== "code")) return [];
  return open.filter(({ kind }) => kind !== "heading").length > 1 ? open.splice(-1) : [];
}

function cutChunks(text: string, blocks: Block[], heading: string): Chunk[] {
  const whole = { start: blocks[0]?.start ?? 0, end: blocks.at(-1)?.end ?? 0 };
  const body = blocks.filter(({ kind }) => kind !== "heading");
  const last = body.at(-1);
  if (!last || whole.end - whole.start <= WHOLE_CHARS_MAX) return [chunkOf(text, whole, heading)];
  // Only the last block can be long: a chunk is closed before a block that does not fit.
  const before = { start: whole.start, end: last.start };
  const rest = splitOversized(text, { ...last, start: body.length === 1 ? whole.start : last.start }, CHUNK_CHARS);
  const spans =
    body.length === 1 ? rest : [...splitOversized(text, { kind: "paragraph", ...before }, WHOLE_CHARS_MAX), ...rest];
  const columns = last.kind === "table" ? columnsOf(text, last) : "";
  return spans.map((span) => {
    const goesOn = columns !== "" && span.start > last.start;
    return chunkOf(text, span, goesOn ? [heading, columns].filter(Boolean).join(HEADING_SEPARATOR) : heading);
  });
}

const chunkOf = (text: string, { start, end }: Span, heading: string): Chunk => ({
  heading: heading.slice(0, HEADING_CHARS_MAX).toWellFormed(),
  startChar: start,
  endChar: end,
  text: text.slice(start, end),
});

/** The column names of a table that goes on in a chunk which does not hold its first row. */
const columnsOf = (text: string, { start, end }: Span): string =>
  (text.slice(start, end).split("\n", 1)[0] ?? "")
    .split("|")
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(" | ");

/** The headings above, without one that only repeats the document's title. */
function headingOf(path: { level: number; label: string }[], title: string): string {
  const labels = path.map(({ label }) => label).filter(Boolean);
  if (labels[0] === title) labels.shift();
  return labels.join(HEADING_SEPARATOR);
}

const plainLabel = (label: string): string =>
  label
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[*_`]+/g, (marks) => (marks.includes("_") && marks.length === 1 ? marks : ""))
    .trim();
