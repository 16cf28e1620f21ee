import { BOOK_FILES, type BookFileName, type UploadedBooks, uploadedBooksSchema } from "@/contract/invoices";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import type { RequestIdentity } from "@/lib/gateway/identity";

export interface BookUpload {
  title?: string;
  files: Record<BookFileName, { filename: string; bytes: Uint8Array }>;
}

/**
 * Takes three files in as a new batch. Rows that cannot be read are kept apart, by number and column. Throws `invalid_request` with a field
 * for each file that is no table at all.
 */
export async function importBooks(
  identity: RequestIdentity,
  { title = "", files }: BookUpload,
): Promise<UploadedBooks> {
  const encoded = BOOK_FILES.map((file) => {
    const { filename, bytes } = files[file];
    return [file, { filename: filename.slice(0, 300), bytes: Buffer.from(bytes).toString("base64") }];
  });
  const body = { title: title.slice(0, 200), files: Object.fromEntries(encoded) };
  const response = await askAgentBackend(identity, { method: "POST", path: "/books", thread: "", body });
  return uploadedBooksSchema.parse(await response.json());
}

/** A new batch of what the tenant's own books last had. Throws `not_found` when it has none. */
export async function importOwnBooks(identity: RequestIdentity): Promise<UploadedBooks> {
  const response = await askAgentBackend(identity, { method: "POST", path: "/books/own", thread: "", body: {} });
  return uploadedBooksSchema.parse(await response.json());
}
