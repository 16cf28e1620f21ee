/** Why a file is not taken. The codes are stable; the words are for the person who uploaded it. */
export const REFUSALS = {
  unsupported_type: [415, "This type of file cannot be read. Upload Markdown, text, HTML, PDF, Word (.docx) or CSV."],
  type_mismatch: [415, "The file's content is not what its name says."],
  encoding_unknown: [
    422,
    "The text is in an encoding that could not be recognised. Save it as UTF-8 and upload it again.",
  ],
  document_encrypted: [422, "The file is protected by a password. Remove the protection and upload it again."],
  document_broken: [422, "The file is damaged and cannot be read."],
  document_empty: [422, "The file holds no text."],
  document_scanned: [
    422,
    "This PDF holds pictures of pages but no text. Run text recognition (OCR) on it and upload it again.",
  ],
  document_too_complex: [422, "The file takes too long or too much memory to read. Split it into smaller ones."],
  archive_too_large: [422, "The file unpacks to far more than it should and was not opened."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown while reading a file; crosses the worker's boundary as its code and message. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly code: RefusalCode,
    message: string = REFUSALS[code][1],
  ) {
    super(message);
  }
}
