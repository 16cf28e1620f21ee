import type { OrderLine, RefusedRow } from "../books";
import { readRows } from "./row-reader";

const COLUMNS = ["po_number", "supplier", "po_date", "currency", "line_no", "sku", "description", "qty", "unit_price"];

export function readPurchaseOrders(text: string): { rows: OrderLine[]; refused: RefusedRow[] } {
  return readRows(text, {
    file: "purchase_orders",
    columns: COLUMNS,
    dateColumns: ["po_date"],
    numberColumns: ["qty", "unit_price"],
    read: (row) => ({
      row: row.line,
      poNumber: row.text("po_number"),
      supplier: row.text("supplier"),
      poDay: row.day("po_date"),
      currency: row.currency("currency"),
      lineNo: row.optionalText("line_no"),
      sku: row.optionalText("sku"),
      description: row.optionalText("description"),
      qty: row.decimal("qty"),
      unitPrice: row.decimal("unit_price"),
    }),
  });
}
