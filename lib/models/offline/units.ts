// Cutting passages into pieces that can stand alone as an answer.
import type { Passage } from "@/contract/knowledge";
import { contentStems } from "./words";

/** A piece of a passage that can stand alone: a sentence, a list item or a table row. */
export interface Unit {
  n: number;
  /** The place of its passage among those found, best first, and how well that fits beside the best. */
  rank: number;
  fit: number;
  /** Its place in the passage. */
  index: number;
  text: string;
  /** Of a row of a spreadsheet: its cells, each with its column's name. */
  cells: string[];
  /** Whether it is a row of a table or a spreadsheet. */
  isRow: boolean;
  stems: Set<string>;
  /** Of the title and headings above it: they name the subject once for all that stands below them. */
  above: Set<string>;
  /** The nearest heading, and what it says. */
  heading: string;
  headed: Set<string>;
}

/** How much less each further passage is trusted where nobody says how well it fits. */
const RANK_DISCOUNT = 0.35;
/** "Write to returns@acme.test" says nothing about returns. */
const ADDRESS = /\S+@\S+|https?:\/\/\S+/g;
/** Longer units are cut. */
const UNIT_CHARS_MAX = 420;
const TITLE_CHARS_MAX = 80;
/** A paragraph up to this long is quoted whole: its other sentences qualify the one that matched. */
const PARAGRAPH_CHARS_MAX = 320;

/** Cuts a passage into units; a line that ends with a colon takes the list below it along. */
export function unitsOf(passage: Passage, rank: number): Unit[] {
  const above = new Set(contentStems(`${passage.title} ${passage.heading}`));
  const heading = nearestHeading(passage);
  // "Trade-in" in a heading is what "traded in" asks for; "clean-room" in a sentence says nothing of cleaning.
  const headed = new Set(contentStems(heading.replaceAll("-", " ")));
  const units: Unit[] = [];
  const push = (text: string, isRow = false) => {
    const said = text.replace(/\s+/g, " ").trim();
    const cells = rowCells(said);
    const clean = cells.length > 0 ? cells.join(", ") : said;
    if (clean.length < 3) return;
    const stems = new Set(contentStems(clean.replaceAll(ADDRESS, " ")));
    // A title or heading that stands in the text once more says nothing.
    if (clean.length <= TITLE_CHARS_MAX && stems.isSubsetOf(above)) return;
    units.push({
      n: passage.n,
      rank,
      fit: passage.fit ?? 1 / (1 + RANK_DISCOUNT * rank),
      index: units.length,
      text: clean.slice(0, UNIT_CHARS_MAX),
      cells,
      isRow: isRow || cells.length > 0,
      stems,
      above,
      heading,
      headed,
    });
  };
  const lines = passage.text.split("\n");
  let header: string[] | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? "").trim();
    if (line === "" || /^#{1,6}\s/.test(line) || /^[-:|\s]+$/.test(line)) {
      if (line === "") header = null;
      continue;
    }
    if (line.startsWith("|")) {
      const cells = cellsOf(line);
      if (header === null) header = cells;
      else push(rowText(header, cells), true);
      continue;
    }
    if (line.endsWith(":")) {
      const items = listBelow(lines, i + 1);
      if (items.length > 0) push(`${line} ${items.join("; ")}`);
      continue;
    }
    const [paragraph, next] = paragraphAt(lines, i);
    i = next - 1;
    if (paragraph.length <= PARAGRAPH_CHARS_MAX) push(paragraph);
    else for (const sentence of sentencesOf(paragraph)) push(sentence);
  }
  return units;
}

/** The cells of a spreadsheet's row, `price_eur: 71.00 | unit: piece`; none when it is no such row. */
function rowCells(text: string): string[] {
  if (!/^[\p{L}\p{N}_ ]+: [^|]*( \| [\p{L}\p{N}_ ]+: [^|]*)+$/u.test(text)) return [];
  return text.split(" | ").map((cell) => cell.replace(/^[^:]+/, (column) => column.replaceAll("_", " ")));
}

/** Without the section's number. */
const nearestHeading = ({ heading }: Passage): string =>
  (heading.split(" › ").at(-1) ?? "").replace(/^[\d.]+\s+/, "").trim();

const LIST_ITEM = /^([-*+]|\d+[.)])\s+/;

/** The paragraph or list item that begins at a line, its wrapped lines joined, and the line after it. */
function paragraphAt(lines: string[], from: number): [string, number] {
  const parts = [(lines[from] ?? "").trim().replace(LIST_ITEM, "")];
  let next = from + 1;
  for (; next < lines.length; next++) {
    const line = (lines[next] ?? "").trim();
    if (line === "" || line.startsWith("|") || /^#{1,6}\s/.test(line) || LIST_ITEM.test(line)) break;
    parts.push(line);
  }
  return [parts.join(" "), next];
}

function listBelow(lines: string[], from: number): string[] {
  const items: string[] = [];
  for (const line of lines.slice(from, from + 12)) {
    const item = line.trim().match(/^([-*+]|\d+[.)])\s+(.*)$/);
    if (item?.[2]) items.push(item[2].replace(/[.;]$/, ""));
    else if (line.trim() !== "") break;
  }
  return items;
}

const cellsOf = (line: string) =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

function rowText(header: string[], cells: string[]): string {
  return cells
    .map((cell, i) => (header[i] && cell ? `${header[i]}: ${cell}` : cell))
    .filter(Boolean)
    .join(", ");
}

function sentencesOf(paragraph: string): string[] {
  return [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(paragraph)].map(({ segment }) => segment);
}
