import type { InvoiceStatus, TransactionStatus } from "../result";
import { drawBank } from "./bank";
import { drawDocuments } from "./documents";
import { seededRandom } from "./random";
import { drawStyle, type NoiseLevel, type Style } from "./style";
import { type GeneratedFiles, writeFiles } from "./write-files";

/** What is true of the generated books: the status each invoice and transaction ought to get. */
export interface Truth {
  invoices: { row: number; invoice_number: string; status: InvoiceStatus; transaction_ids: string[] }[];
  transactions: { transaction_id: string; status: TransactionStatus; invoice_rows: number[] }[];
}

export interface GeneratedBooks {
  files: GeneratedFiles;
  truth: Truth;
  style: Style;
}

/**
 * Books of `count` invoices with their truth. The seed determines everything, the way the files are written included,
 * but for the habits that are given.
 */
export function generateBooks(
  count: number,
  seed: number,
  noise: NoiseLevel = "medium",
  habits: Partial<Style> = {},
): GeneratedBooks {
  const random = seededRandom(seed);
  const style = { ...drawStyle(random, count, noise), ...habits };
  const documents = drawDocuments(random, style, count);
  const transactions = drawBank(random, style, documents.invoices);
  const files = writeFiles(random, style.dialect, documents, transactions);
  const rowOf = new Map(documents.invoices.map((invoice, index) => [invoice, index + 2]));
  return {
    files,
    style,
    truth: {
      invoices: documents.invoices.map((invoice) => ({
        row: rowOf.get(invoice) ?? 0,
        invoice_number: invoice.number,
        status: invoice.status,
        transaction_ids: transactions.filter((payment) => payment.invoices.includes(invoice)).map(({ id }) => id),
      })),
      transactions: transactions.map(({ id, status, invoices }) => ({
        transaction_id: id,
        status,
        invoice_rows: invoices.map((invoice) => rowOf.get(invoice) ?? 0),
      })),
    },
  };
}
