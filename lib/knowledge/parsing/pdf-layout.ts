/** A line of a page: its text, height above the page's foot, and size of type, in points. */
export interface PdfLine {
  text: string;
  y: number;
  size: number;
}
export type PdfPage = PdfLine[];

const HEADING_RATIO = 1.15;
const HEADING_CHARS_MAX = 140;
const HEADING_LEVELS = 3;
const EDGE_LINES = 2;

/** Pages as Markdown-like text: larger type becomes headings, wide gaps paragraphs, and what repeats at the pages' edges is dropped. */
export function writePages(pages: PdfPage[]): string {
  const body = usualSize(pages);
  const repeated = repeatedEdges(pages);
  const lines = pages.flatMap((page) => page.filter((line, i) => !(isEdge(page, i) && repeated.has(edgeKey(line)))));
  const sizes = headingSizes(lines, body);
  const blocks: string[] = [];
  let previous: PdfLine | undefined;
  for (const line of lines) {
    const level = isHeading(line, body) ? Math.min(sizes.indexOf(line.size) + 1, HEADING_LEVELS) : 0;
    if (level > 0) blocks.push(`${"#".repeat(level)} ${line.text}`);
    else if (previous && !isHeading(previous, body) && continues(previous, line))
      blocks.push(joinLines(blocks.pop() ?? "", line.text));
    else blocks.push(bulleted(line.text));
    previous = line;
  }
  return blocks.reduce((text, block) => `${text}${separator(text, block)}${block}`, "").trim();
}

/** The size of type that most characters are set in. */
function usualSize(pages: PdfPage[]): number {
  const chars = new Map<number, number>();
  for (const { size, text } of pages.flat()) chars.set(size, (chars.get(size) ?? 0) + text.length);
  return [...chars].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1;
}

const isHeading = ({ size, text }: PdfLine, body: number): boolean =>
  size >= body * HEADING_RATIO && text.length <= HEADING_CHARS_MAX && /\p{L}/u.test(text);

const headingSizes = (lines: PdfLine[], body: number): number[] =>
  [...new Set(lines.filter((line) => isHeading(line, body)).map(({ size }) => size))].sort((a, b) => b - a);

/** Page numbers and running titles: the same line, digits aside, at the edge of most pages. */
function repeatedEdges(pages: PdfPage[]): Set<string> {
  const times = new Map<string, number>();
  for (const page of pages) {
    for (const key of new Set(page.filter((_, i) => isEdge(page, i)).map(edgeKey)))
      times.set(key, (times.get(key) ?? 0) + 1);
  }
  return new Set([...times].filter(([, count]) => count >= 3 && count >= pages.length / 2).map(([key]) => key));
}

const isEdge = (page: PdfPage, i: number): boolean => i < EDGE_LINES || i >= page.length - EDGE_LINES;
const edgeKey = ({ text }: PdfLine): string => text.replaceAll(/\d+/g, "0");

/** True when `line` is the next line of the same paragraph. */
function continues(previous: PdfLine, line: PdfLine): boolean {
  if (isBullet(line.text)) return false;
  const step = previous.y - line.y;
  // Going up is the next column or page: a sentence that has not ended goes on there.
  if (step <= 0) return !/[.!?:]["'”’)]*$/.test(previous.text);
  return step <= Math.max(previous.size, line.size) * 1.7 && previous.size === line.size;
}

function joinLines(text: string, next: string): string {
  // A word that was split for the line's end; a real hyphen is followed by a capital or a digit more often.
  if (/\p{Ll}[-\u2010]$/u.test(text) && /^\p{Ll}/u.test(next)) return text.slice(0, -1) + next;
  return `${text} ${next}`;
}

/** Items of one list stand together. */
const separator = (text: string, block: string): string =>
  isBullet(block) && isBullet(text.slice(text.lastIndexOf("\n") + 1)) ? "\n" : "\n\n";

const isBullet = (text: string): boolean => /^(?:[•‣◦▪●–*-]|\d{1,3}[.)])\s/.test(text);
const bulleted = (text: string): string => text.replace(/^[•‣◦▪●]\s*/, "- ");
