// Passages are stored as Markdown. Where they are named in a line or two, they are shown as they read.

const FENCE = /^\s*(?:`{3,}|~{3,})/;
/** The line under a table's head, or one drawn across the page. */
const RULE = /^\s*(?:\|?\s*:?-{3,}:?\s*(?:\|\s*:?-+:?\s*)*\|?|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})\s*$/;
const HEADING = /^\s*#{1,6}\s+(.*?)(?:\s+#+)?\s*$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const BLOCK_MARKS = /^\s*(?:>\s?)*(?:[-*+•]\s+(?:\[[ xX]\]\s+)?)?/;
const INLINE =
  /(`+)(.+?)\1|!?\[([^\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)|<(https?:[^>\s]+)>|(\*\*|~~|(?<![\p{L}\p{N}])__)(?=\S)(.+?)(?<=\S)\5|(?<![\p{L}\p{N}*])\*(?=\S)([^*]+)(?<=\S)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}_])_(?=\S)([^_]+)(?<=\S)_(?![\p{L}\p{N}])|\\([!-/:-@[-`{-~])/gu;
/** More than fits into the two lines of a passage list, however wide. */
const EXCERPT_CHARS = 400;

/** The beginning of a passage on one line, without Markdown's marks; the cells of a table's row stand apart by a dot. */
export function plainExcerpt(markdown: string): string {
  return saidLines(markdown, EXCERPT_CHARS).join(" ");
}

/** A quote without Markdown's marks, in the lines that it has. */
export function plainLines(markdown: string): string {
  return saidLines(markdown).join("\n");
}

function saidLines(markdown: string, charsMax = Number.POSITIVE_INFINITY): string[] {
  const said: string[] = [];
  let isCode = false;
  for (let lines = markdown.split("\n"), i = 0, chars = 0; i < lines.length && chars < charsMax; i++) {
    const line = lines[i] ?? "";
    if (FENCE.test(line)) isCode = !isCode;
    else {
      const plain = isCode ? line.trim() : plainLine(line);
      if (plain !== "") said.push(plain);
      chars += plain.length;
    }
  }
  return said;
}

function plainLine(line: string): string {
  if (RULE.test(line)) return "";
  const heading = HEADING.exec(line)?.[1];
  // On one line with what stands below it, a heading would read as the beginning of its first sentence.
  if (heading !== undefined) return withoutMarks(heading).replace(/[^.:?!]$/, "$&:");
  const row = ROW.exec(line)?.[1];
  if (row !== undefined) {
    const cells = row.split(/(?<!\\)\|/).map((cell) => withoutMarks(cell.trim()));
    return cells.filter((cell) => cell !== "").join(" · ");
  }
  return withoutMarks(line.replace(BLOCK_MARKS, "").trim());
}

/** A line of Markdown without its marks for emphasis, code and links; what stands between marks of code stays as it is. */
export function withoutMarks(text: string): string {
  return text.replace(INLINE, (whole, _ticks, code, label, address, _marks, strong, starred, underscored, escaped) => {
    if (code !== undefined) return code.trim();
    const inner = label ?? strong ?? starred ?? underscored;
    return inner === undefined ? (address ?? escaped ?? whole) : withoutMarks(inner);
  });
}
