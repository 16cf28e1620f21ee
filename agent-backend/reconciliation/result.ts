import { INVOICE_STATUSES, type InvoiceStatus } from "@/contract/invoices";
import type { RefusedRow } from "./books";

export type { InvoiceStatus };
export { INVOICE_STATUSES };

/**
 * A transaction has the status of the invoice it pays; of the first of them in the order above when it pays several.
 * `unknown_transaction` is one that pays none of the invoices: salaries, taxes, card settlements, money coming in, and
 * payments to suppliers for what is not in the books.
 */
export type TransactionStatus = InvoiceStatus | "unknown_transaction";

export interface InvoiceResult {
  invoice_number: string;
  row: number;
  status: InvoiceStatus;
  /** The order's number as the orders file has it, even if the invoice has it blank or mistyped; null without one. */
  po_number: string | null;
  transaction_ids: string[];
  /** From 0 to 1: how far the evidence is ahead of the best other explanation. */
  confidence: number;
  /** What speaks for the status, the deciding reason first. */
  reasons: string[];
}

export interface TransactionResult {
  transaction_id: string;
  row: number;
  status: TransactionStatus;
  invoice_numbers: string[];
  invoice_rows: number[];
  confidence: number;
  reasons: string[];
}

export interface OrderResult {
  po_number: string;
  rows: number[];
  /** The invoices that bill the order, duplicates included, by their rows. */
  invoice_rows: number[];
}

/** Every row of the three files is in exactly one of these lists. */
export interface Reconciliation {
  invoices: InvoiceResult[];
  transactions: TransactionResult[];
  orders: OrderResult[];
  refused: RefusedRow[];
}
