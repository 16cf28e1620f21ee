import { BOOK_FILES, type BookFileName } from "@/contract/invoices";
import { invalidRequest, payloadTooLarge } from "@/lib/failures/app-error";
import { readForm } from "@/lib/gateway/read-body";

const FILE_BYTES_MAX = 20 * 1024 * 1024;
// Boundaries and part headers of a form.
const ENVELOPE_BYTES_MAX = 1024 * 1024;
/** Three files over a slow line. */
const TIMEOUT_MS = 5 * 60_000;

export interface SentBooks {
  title: string;
  files: Record<BookFileName, { filename: string; bytes: Uint8Array }>;
}

/** The three files of a set in a multipart form, by the names in BOOK_FILES. Throws `invalid_request` naming those that are missing. */
export async function readBookFiles(request: Request): Promise<SentBooks> {
  const bytesMax = BOOK_FILES.length * FILE_BYTES_MAX + ENVELOPE_BYTES_MAX;
  const form = await readForm(request, { bytesMax, timeoutMs: TIMEOUT_MS });
  const missing = BOOK_FILES.filter((kind) => !(form.get(kind) instanceof File));
  if (missing.length > 0) {
    const fields = Object.fromEntries(missing.map((kind) => [kind, "Choose a file."]));
    throw invalidRequest("A set of books is three files.", fields);
  }
  const read = async (kind: BookFileName) => {
    const file = form.get(kind) as File;
    if (file.size > FILE_BYTES_MAX)
      throw payloadTooLarge(`${file.name} is larger than ${FILE_BYTES_MAX / 1024 ** 2} MB.`);
    return { filename: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  };
  const title = form.get("title");
  return {
    title: typeof title === "string" ? title.trim().slice(0, 200) : "",
    files: {
      purchase_orders: await read("purchase_orders"),
      invoices: await read("invoices"),
      bank_transactions: await read("bank_transactions"),
    },
  };
}
