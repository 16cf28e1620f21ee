import { setImmediate as nextTurn } from "node:timers/promises";
import { BATCH_ROWS_MAX, type BookFileName, type UploadFiles } from "@/contract/invoices";
import { HttpError } from "../http-error";
import { type Books, UnreadableFileError } from "../reconciliation/books";
import { decodeText } from "../reconciliation/readers/decode-text";
import { readBank } from "../reconciliation/readers/read-books";
import { readInvoices } from "../reconciliation/readers/read-invoices";
import { readPurchaseOrders } from "../reconciliation/readers/read-purchase-orders";

const ORDER_LINES_MAX = 100_000;

/**
 * The rows of an upload. What cannot be read is in `refused`, row by row. Throws HttpError invalid_request, by file, for a file that is no
 * table at all or is too long.
 */
export async function readUpload({ files }: UploadFiles): Promise<Books> {
  const fields: Partial<Record<BookFileName, string>> = {};
  const read = async <T>(
    file: BookFileName,
    reader: (text: string) => { rows: T[]; refused: Books["refused"] },
    max: number,
  ) => {
    // A turn for others between two files: each takes a while to parse.
    await nextTurn();
    try {
      const result = reader(decodeText(Buffer.from(files[file].bytes, "base64")));
      if (result.rows.length > max) fields[file] = `it has ${result.rows.length} rows, and at most ${max} fit`;
      return result;
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      fields[file] = error.message.replace(`${error.file}: `, "");
      return { rows: [], refused: [] };
    }
  };
  const orders = await read("purchase_orders", readPurchaseOrders, ORDER_LINES_MAX);
  const invoices = await read("invoices", readInvoices, BATCH_ROWS_MAX);
  const bank = await read("bank_transactions", readBank, BATCH_ROWS_MAX);
  if (Object.keys(fields).length > 0) throw new HttpError(422, "invalid_request", "A file cannot be read.", { fields });
  return {
    orderLines: orders.rows,
    invoices: invoices.rows,
    transactions: bank.rows,
    refused: [...orders.refused, ...invoices.refused, ...bank.refused],
  };
}
