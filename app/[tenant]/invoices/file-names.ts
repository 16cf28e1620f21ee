import type { BookFileName } from "@/contract/invoices";

export const fileNames: Record<BookFileName, string> = {
  purchase_orders: "Purchase orders",
  invoices: "Invoices",
  bank_transactions: "Bank statement",
};

/** What each file has to look like, in the words of the form. */
export const fileHints: Record<BookFileName, string> = {
  purchase_orders: "CSV: po_number, supplier, po_date, currency, line_no, sku, description, qty, unit_price",
  invoices: "CSV: invoice_number, supplier, invoice_date, due_date, po_number, currency, total, tax",
  bank_transactions: "CAMT.053, OFX, or CSV: transaction_id, booking_date, amount, currency, counterparty, reference",
};
