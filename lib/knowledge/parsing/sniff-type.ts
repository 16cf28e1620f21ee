import { isBinary } from "./decode-text";
import { Refusal } from "./refusal";

export type DocumentType = "markdown" | "text" | "html" | "pdf" | "docx" | "csv";

/** How each type is stored and served. */
export const MIME_TYPES: Record<DocumentType, string> = {
  markdown: "text/markdown",
  text: "text/plain",
  html: "text/html",
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  csv: "text/csv",
};

const EXTENSIONS: Record<string, DocumentType> = {
  md: "markdown",
  markdown: "markdown",
  mdx: "markdown",
  txt: "text",
  text: "text",
  log: "text",
  html: "html",
  htm: "html",
  xhtml: "html",
  pdf: "pdf",
  docx: "docx",
  csv: "csv",
  tsv: "csv",
};

// Files that are often uploaded under a wrong name, by their first bytes.
const SIGNATURES: [name: string, bytes: number[]][] = [
  ["a PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["a zip archive", [0x50, 0x4b, 0x03, 0x04]],
  ["a zip archive", [0x50, 0x4b, 0x05, 0x06]],
  ["an old Office file", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["a picture", [0x89, 0x50, 0x4e, 0x47]],
  ["a picture", [0xff, 0xd8, 0xff]],
  ["a picture", [0x47, 0x49, 0x46, 0x38]],
  ["a gzip archive", [0x1f, 0x8b]],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf]],
  ["a rar archive", [0x52, 0x61, 0x72, 0x21]],
  ["a program", [0x7f, 0x45, 0x4c, 0x46]],
  ["a program", [0x4d, 0x5a, 0x90, 0x00]],
  ["RTF", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];
const HTML_START = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i;
const HTML_TAG = /<[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/i;
const SAMPLE_BYTES = 16 * 1024;
const STRAY_ZEROS_MAX = 8;
const PDF_HEADER_WITHIN_BYTES = 1024;

/**
 * The type of an upload by name, then media type, checked against its first bytes. Throws `unsupported_type`, or `type_mismatch` when
 * the content is something else than the name claims.
 */
export function sniffType(filename: string, mime: string | undefined, bytes: Uint8Array): DocumentType {
  const claimed = EXTENSIONS[extensionOf(filename)] ?? (extensionOf(filename) === "" ? typeOfMime(mime) : undefined);
  if (!claimed) throw new Refusal("unsupported_type");
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0];
  const mismatch = (what: string) =>
    new Refusal("type_mismatch", `The file is named ${filename}, but its content is ${what}.`);
  if (claimed === "pdf") {
    if (!holdsPdfHeader(bytes)) throw mismatch(found ?? "not a PDF");
    return claimed;
  }
  if (claimed === "docx") {
    if (found === "an old Office file") return claimed;
    if (found !== "a zip archive") throw mismatch(found ?? "not a Word document");
    return claimed;
  }
  if (found) throw mismatch(found);
  const otherMime = typeOfMime(mime);
  if (otherMime === "pdf" || otherMime === "docx" || /^(?:image|audio|video)\//.test(mime ?? ""))
    throw mismatch(`declared as ${mime}`);
  return checkText(claimed, bytes, mismatch);
}

function checkText(claimed: DocumentType, bytes: Uint8Array, mismatch: (what: string) => Refusal): DocumentType {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = sample.filter((byte) => byte === 0).length;
  const binary = sample.filter((byte) => byte !== 0 && isBinary(byte)).length;
  // UTF-16 is half zeros; a stray NUL is dropped later. Other control bytes are no text.
  if (
    binary > sample.length / 100 ||
    (zeros > Math.max(sample.length / 50, STRAY_ZEROS_MAX) && zeros < sample.length / 4)
  )
    throw mismatch("not text");
  const start = new TextDecoder("latin1")
    .decode(sample)
    .replaceAll("\0", "")
    .replace(/^(?:ï»¿|ÿþ|þÿ)/, "");
  if (claimed === "html") {
    if (start.trim() !== "" && !HTML_TAG.test(start)) throw mismatch("not HTML");
  } else if (HTML_START.test(start)) throw mismatch("an HTML page");
  return claimed;
}

function holdsPdfHeader(bytes: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, PDF_HEADER_WITHIN_BYTES));
  return start.includes("%PDF-") && !/^\s*</.test(start);
}

const extensionOf = (filename: string): string => /\.([a-z0-9]{1,10})$/i.exec(filename)?.[1]?.toLowerCase() ?? "";

function typeOfMime(mime: string | undefined): DocumentType | undefined {
  const essence = mime?.split(";")[0]?.trim().toLowerCase();
  const found = Object.entries(MIME_TYPES).find(([, known]) => known === essence)?.[0];
  return found as DocumentType | undefined;
}
