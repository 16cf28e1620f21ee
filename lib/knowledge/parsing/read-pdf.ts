import { getDocumentProxy } from "unpdf";
import { PDF_PAGES_MAX } from "../limits";
import { type PdfLine, type PdfPage, writePages } from "./pdf-layout";
import type { ReadText } from "./read-file";
import { Refusal } from "./refusal";

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type TextItem = { str: string; transform: number[]; width: number; height: number; hasEOL: boolean };

/** A PDF's text with its headings, by position and size of the type. Throws a refusal that tells protected, damaged and scanned apart. */
export async function readPdf(bytes: Uint8Array): Promise<ReadText> {
  const pdf = await openPdf(bytes);
  try {
    if (pdf.numPages > PDF_PAGES_MAX)
      throw new Refusal("document_too_complex", `The PDF has ${pdf.numPages} pages; ${PDF_PAGES_MAX} can be read.`);
    const pages: PdfPage[] = [];
    for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(pdf, number));
    if (pages.every((lines) => lines.length === 0)) throw new Refusal("document_scanned");
    return { text: writePages(pages), title: await titleOf(pdf) };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    // pdf.js takes the buffer away, and the caller still needs it.
    return await getDocumentProxy(bytes.slice(), { isEvalSupported: false, verbosity: 0 } as object);
  } catch (error) {
    throw new Refusal((error as Error).name === "PasswordException" ? "document_encrypted" : "document_broken");
  }
}

async function readPage(pdf: PdfDocument, number: number): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    page.cleanup();
    return toLines(items.filter((item): item is typeof item & TextItem => "str" in item));
  } catch {
    throw new Refusal("document_broken", `Page ${number} of the PDF cannot be read.`);
  }
}

function toLines(items: TextItem[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: (PdfLine & { right: number }) | undefined;
  for (const { str, transform, width, height } of items) {
    if (str.trim() === "") continue;
    const [x = 0, y = 0] = transform.slice(4);
    const size = Math.round((height || Math.hypot(transform[2] ?? 0, transform[3] ?? 0)) * 2) / 2 || 1;
    if (!line || Math.abs(line.y - y) > Math.max(line.size, size) / 2) {
      line = { text: str.trim(), y, size, right: x + width };
      lines.push(line);
      continue;
    }
    // A gap narrower than a fifth of the type is inside a word: kerning.
    const gap = x - line.right;
    line.text += `${gap > size / 5 || str.startsWith(" ") || gap < -size ? " " : ""}${str.trim()}`;
    line.right = x + width;
    line.size = Math.max(line.size, size);
  }
  return lines;
}

async function titleOf(pdf: PdfDocument): Promise<string> {
  try {
    const { info } = await pdf.getMetadata();
    const title = "Title" in info && typeof info.Title === "string" ? info.Title.trim() : "";
    // Programs write their own name or the file's here.
    return /^(?:untitled|microsoft word|.*\.(?:docx?|pdf|indd|tex))\b/i.test(title) ? "" : title;
  } catch {
    return "";
  }
}
