/** A piece of Markdown-like text that belongs together: `text.slice(start, end)`. */
export interface Block {
  kind: "heading" | "paragraph" | "list" | "table" | "code";
  start: number;
  end: number;
  /** Of a heading: 1 to 6, and its words. */
  level: number;
  label: string;
}

interface Line {
  text: string;
  start: number;
  end: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ATX_HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const SETEXT_UNDERLINE = /^ {0,3}(=+|-{2,})[ \t]*$/;
const LIST_ITEM = /^\s*(?:[-*+•]|\d{1,9}[.)])[ \t]+\S/;
const TABLE_ROW = /^\s*\|.*\|\s*$/;
const HEADING_LINE_CHARS_MAX = 400;
const BLANK = /^\s*$/;

/**
 * Splits text at headings, blank lines, lists, tables and fences, in one pass over its lines. Not a whole Markdown parser: an upload may
 * be 20 MB of anything, so this stays linear and never refuses.
 */
export function splitBlocks(text: string): Block[] {
  const lines = readLines(text);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    if (BLANK.test(line.text)) {
      at++;
      continue;
    }
    const heading = headingAt(lines, at);
    const block = heading ?? blockAt(lines, at);
    blocks.push(block.block);
    at = block.next;
  }
  return blocks;
}

type Found = { block: Block; next: number };

function headingAt(lines: Line[], at: number): Found | undefined {
  const line = lines[at] as Line;
  // Longer lines are no headings, and the patterns are not linear on them.
  if (line.text.length > HEADING_LINE_CHARS_MAX) return undefined;
  const atx = ATX_HEADING.exec(line.text);
  if (atx) return { block: blockOf("heading", line, line, atx[1]?.length, atx[2]), next: at + 1 };
  const below = lines[at + 1];
  if (isCapitalHeading(lines, at)) return { block: blockOf("heading", line, line, 2, line.text.trim()), next: at + 1 };
  const underline = below && SETEXT_UNDERLINE.exec(below.text);
  if (!underline || TABLE_ROW.test(line.text) || LIST_ITEM.test(line.text)) return undefined;
  return {
    block: blockOf("heading", line, below, underline[1]?.startsWith("=") ? 1 : 2, line.text.trim()),
    next: at + 2,
  };
}

/** Plain text has no marks: a line of capitals alone between empty lines is a heading there. */
function isCapitalHeading(lines: Line[], at: number): boolean {
  const text = lines[at]?.text.trim() ?? "";
  const alone = BLANK.test(lines[at - 1]?.text ?? "") && BLANK.test(lines[at + 1]?.text ?? "");
  return (
    alone && at + 1 < lines.length && text.length <= 80 && /\p{Lu}{3}/u.test(text) && !/[\p{Ll}|]|[.;,]$/u.test(text)
  );
}

function blockAt(lines: Line[], at: number): Found {
  const first = lines[at] as Line;
  const fence = FENCE.exec(first.text)?.[1];
  if (fence) {
    let end = at + 1;
    while (end < lines.length && !lines[end]?.text.trimStart().startsWith(fence)) end++;
    const last = Math.min(end, lines.length - 1);
    return { block: blockOf("code", first, lines[last] as Line), next: last + 1 };
  }
  if (TABLE_ROW.test(first.text)) return takeWhile(lines, at, "table", (line) => TABLE_ROW.test(line.text));
  if (LIST_ITEM.test(first.text)) return takeList(lines, at);
  return takeWhile(
    lines,
    at,
    "paragraph",
    (line, i) =>
      !BLANK.test(line.text) &&
      !FENCE.test(line.text) &&
      !TABLE_ROW.test(line.text) &&
      !LIST_ITEM.test(line.text) &&
      !headingAt(lines, i),
  );
}

function takeWhile(lines: Line[], at: number, kind: Block["kind"], belongs: (line: Line, i: number) => boolean): Found {
  let next = at + 1;
  while (next < lines.length && belongs(lines[next] as Line, next)) next++;
  return { block: blockOf(kind, lines[at] as Line, lines[next - 1] as Line), next };
}

/** Items, their continuation lines, and single blank lines between them. */
function takeList(lines: Line[], at: number): Found {
  let last = at;
  for (let i = at + 1; i < lines.length; i++) {
    const { text } = lines[i] as Line;
    const afterBlank = BLANK.test(lines[i - 1]?.text ?? "");
    if (BLANK.test(text)) {
      if (afterBlank) break;
      continue;
    }
    if (!LIST_ITEM.test(text)) {
      if (headingAt(lines, i) || TABLE_ROW.test(text) || FENCE.test(text)) break;
      if (afterBlank && !/^(?: {2,}|\t)/.test(text)) break;
    }
    last = i;
  }
  return { block: blockOf("list", lines[at] as Line, lines[last] as Line), next: last + 1 };
}

const blockOf = (kind: Block["kind"], first: Line, last: Line, level = 0, label = ""): Block => ({
  kind,
  start: first.start,
  end: last.end,
  level,
  label,
});

function readLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    lines.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return lines;
}
