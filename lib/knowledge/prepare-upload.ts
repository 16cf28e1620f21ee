import { createHash } from "node:crypto";
import { invalidRequest, payloadTooLarge } from "@/lib/failures/app-error";
import { UPLOAD_BYTES_MAX } from "./limits";
import { readInWorker, refused } from "./parsing/read-in-worker";
import type { ReadDocument } from "./parsing/reading";
import { Refusal } from "./parsing/refusal";
import { sanitiseLine } from "./parsing/sanitise-text";
import { type DocumentType, MIME_TYPES, sniffType } from "./parsing/sniff-type";

/** A file as it comes in; `mime` is what the sender says it is. */
export interface Upload {
  filename: string;
  bytes: Uint8Array;
  mime?: string;
  title?: string;
}

/** A file that was looked at from outside only. */
export interface CheckedUpload {
  filename: string;
  type: DocumentType;
  mime: string;
  sha256: string;
}

const FILENAME_CHARS_MAX = 255;

/** Checks size, name and type. Throws `payload_too_large`, `document_empty`, `unsupported_type` or `type_mismatch`. */
export function checkUpload({ filename, bytes, mime }: Upload): CheckedUpload {
  if (bytes.length > UPLOAD_BYTES_MAX)
    throw payloadTooLarge(`The file is larger than ${UPLOAD_BYTES_MAX / 1024 ** 2} MB.`);
  if (bytes.length === 0) throw refused("document_empty");
  // Browsers send a name; some clients a path.
  const name = sanitiseLine(filename.split(/[\\/]/).at(-1) ?? "", FILENAME_CHARS_MAX);
  if (name === "") throw invalidRequest("The file has no name.");
  try {
    const type = sniffType(name, mime, bytes);
    return { filename: name, type, mime: MIME_TYPES[type], sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    throw error instanceof Refusal ? refused(error.code, error.message) : error;
  }
}

/** Reads the file and cuts it into chunks. Slow for large files, and touches no database. */
export async function prepareUpload(upload: Upload, { filename, type }: CheckedUpload): Promise<ReadDocument> {
  return readInWorker({ type, filename, title: upload.title, bytes: upload.bytes });
}
