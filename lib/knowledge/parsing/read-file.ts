// A file's bytes to the text that is stored: the one way in for every type.
import { decodeText } from "./decode-text";
import { readCsv } from "./read-csv";
import { readDocx } from "./read-docx";
import { readHtml } from "./read-html";
import { readPdf } from "./read-pdf";
import { Refusal } from "./refusal";
import { sanitiseText } from "./sanitise-text";
import type { DocumentType } from "./sniff-type";

/** What a reader makes of a file; `title` is empty when the file names none. */
export interface ReadText {
  text: string;
  title: string;
}

/** Reads a file of a checked type to sanitised text. Throws a `Refusal` for every file that cannot be read, and nothing else. */
export async function readFile(type: DocumentType, bytes: Uint8Array): Promise<ReadText> {
  const { text, title } = await read(type, bytes).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal(error instanceof RangeError ? "document_too_complex" : "document_broken");
  });
  const clean = tidyLines(sanitiseText(text));
  if (!/[\p{L}\p{N}]/u.test(clean)) throw new Refusal(type === "pdf" ? "document_scanned" : "document_empty");
  return { text: clean, title: sanitiseText(title) };
}

/** Without white space at line ends and rows of empty lines. By lines: a pattern for trailing space is quadratic on a line of spaces. */
const tidyLines = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replaceAll(/\n{4,}/g, "\n\n\n")
    .trim();

async function read(type: DocumentType, bytes: Uint8Array): Promise<ReadText> {
  if (type === "pdf") return readPdf(bytes);
  if (type === "docx") return readDocx(bytes);
  const text = sanitiseText(decodeText(bytes));
  if (type === "html") return readHtml(text);
  if (type === "csv") return readCsv(text);
  return { text: withoutFrontMatter(text), title: firstHeading(text) || (type === "text" ? firstLine(text) : "") };
}

/** Settings that site generators keep on top of a Markdown file. */
const withoutFrontMatter = (text: string): string => text.replace(/^---\n[\s\S]{0,10000}?\n---\n/, "");

/** A short line on top, with an empty one below and no full stop, is how a plain text names itself. */
const firstLine = (text: string): string => /^\s*([^\n]{3,100}[^\n.,;:])\n\s*\n/.exec(text)?.[1]?.trim() ?? "";

function firstHeading(text: string): string {
  const match = /^(?:---\n[\s\S]{0,10000}?\n---\n)?\s*(?:# +([^\n]{1,300})|([^\n]{1,200})\n=+[ \t]*(?:\n|$))/.exec(
    text,
  );
  return (match?.[1] ?? match?.[2] ?? "").replace(/\s#+\s*$/, "").trim();
}
