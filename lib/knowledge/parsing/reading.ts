import type { Chunk } from "../chunking/chunk-text";
import { TITLE_CHARS_MAX } from "../limits";
import type { ReadText } from "./read-file";
import type { RefusalCode } from "./refusal";
import { sanitiseLine } from "./sanitise-text";
import type { DocumentType } from "./sniff-type";

/** A file for the worker thread. */
export interface ReadRequest {
  id: number;
  type: DocumentType;
  bytes: Uint8Array;
  filename: string;
  title: string | undefined;
}

/** A document as it is about to be stored. */
export interface ReadDocument {
  title: string;
  text: string;
  chunks: Chunk[];
}

export type ReadReply =
  | { id: number; ok: true; document: ReadDocument }
  | { id: number; ok: false; code: RefusalCode; message: string };

/** The title a document is listed under: the one given, the one it names itself, its first heading, or its file name. */
export function titleFor(given: string | undefined, read: ReadText, filename: string): string {
  const heading = /^#{1,3} +(.+)$/m.exec(read.text.slice(0, 2_000))?.[1];
  for (const title of [given, read.title, heading, titleOfFilename(filename)]) {
    const line = sanitiseLine(title ?? "", TITLE_CHARS_MAX);
    if (line !== "") return line;
  }
  return "Untitled";
}

const titleOfFilename = (filename: string): string =>
  filename.replace(/\.[a-z0-9]{1,10}$/i, "").replaceAll(/[-_]+/g, " ");
