import { z } from "zod";
import { parseJson, type SentFile, sendForm } from "@/components/upload/send-file";
import { BOOK_FILES, type BookFileName, type UploadedBooks, uploadedBooksSchema } from "@/contract/invoices";

export type BooksOutcome =
  | ({ ok: true } & UploadedBooks)
  | { ok: false; message: string; fields: Partial<Record<BookFileName, string>> };

const refusedSchema = z.object({
  error: z.object({ message: z.string(), fields: z.record(z.string()).optional() }),
});

/** Sends the three files of a set in one form, in the order of BOOK_FILES. Never throws. */
export async function uploadBooks(
  url: string,
  files: Record<BookFileName, File>,
  options: Parameters<typeof sendForm>[2],
): Promise<BooksOutcome> {
  const form = new FormData();
  for (const kind of BOOK_FILES) form.append(kind, files[kind]);
  return readBooksOutcome(await sendForm(url, form, options));
}

/** What an answer means. A file that cannot be read at all is named with what is wrong with it. */
export function readBooksOutcome({ status, body, failure }: SentFile): BooksOutcome {
  if (failure) return { ok: false, message: failure, fields: {} };
  const parsed = parseJson(body);
  const stored = uploadedBooksSchema.safeParse(parsed);
  if (status === 201 && stored.success) return { ok: true, ...stored.data };
  const refused = refusedSchema.safeParse(parsed);
  return {
    ok: false,
    message: refused.success ? refused.data.error.message : "The files could not be stored. Try again.",
    fields: refused.success ? (refused.data.error.fields ?? {}) : {},
  };
}
