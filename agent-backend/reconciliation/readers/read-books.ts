import type { BankTransaction, Books, RefusedRow } from "../books";
import { decodeText } from "./decode-text";
import { readBankCsv } from "./read-bank-csv";
import { readCamt } from "./read-camt";
import { readInvoices } from "./read-invoices";
import { readOfx } from "./read-ofx";
import { readPurchaseOrders } from "./read-purchase-orders";

export interface BookFiles {
  purchaseOrders: Uint8Array;
  invoices: Uint8Array;
  /** Delimited text, CAMT.053 or OFX; told apart by their content. */
  bank: Uint8Array;
}

/** Reads the three files. Rows that cannot be read are in `refused`; throws UnreadableFileError for a whole file. */
export function readBooks(files: BookFiles): Books {
  const orders = readPurchaseOrders(decodeText(files.purchaseOrders));
  const invoices = readInvoices(decodeText(files.invoices));
  const bank = readBank(decodeText(files.bank));
  return {
    orderLines: orders.rows,
    invoices: invoices.rows,
    transactions: bank.rows,
    refused: [...orders.refused, ...invoices.refused, ...bank.refused],
  };
}

export function readBank(text: string): { rows: BankTransaction[]; refused: RefusedRow[] } {
  const head = text.slice(0, 4_000);
  if (/OFXHEADER|<OFX>/i.test(head)) return readOfx(text);
  if (/^\s*<(\?xml|([\w-]+:)?Document)/.test(head)) return readCamt(text);
  return readBankCsv(text);
}
