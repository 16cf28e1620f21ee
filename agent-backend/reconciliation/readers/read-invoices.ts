import type { Invoice, RefusedRow } from "../books";
import { readRows } from "./row-reader";

const COLUMNS = ["invoice_number", "supplier", "invoice_date", "due_date", "po_number", "currency", "total", "tax"];

export function readInvoices(text: string): { rows: Invoice[]; refused: RefusedRow[] } {
  return readRows(text, {
    file: "invoices",
    columns: COLUMNS,
    dateColumns: ["invoice_date", "due_date"],
    numberColumns: ["total", "tax"],
    read: (row) => {
      const currency = row.currency("currency");
      return {
        row: row.line,
        invoiceNumber: row.text("invoice_number"),
        supplier: row.text("supplier"),
        invoiceDay: row.day("invoice_date"),
        dueDay: row.optionalDay("due_date"),
        poNumber: row.optionalText("po_number"),
        currency,
        total: row.amount("total", currency),
        tax: row.optionalAmount("tax", currency),
      };
    },
  });
}
