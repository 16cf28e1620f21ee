import type { BatchReport } from "./batch-report";

const COLUMNS = ["order_id", "customer", "status", "units_ordered", "units_shipped", "charged", "currency", "note"];

/** The report as a spreadsheet opens it, a line an order. */
export function reportCsv(report: BatchReport): string {
  const lines = report.orders.map((order) => [
    order.id,
    order.customer,
    order.status,
    order.unitsOrdered,
    order.unitsShipped,
    (order.chargedMinor / 100).toFixed(2),
    order.currency,
    order.note,
  ]);
  return `${[COLUMNS, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** RFC 4180. A text that begins like a formula is kept from being one (OWASP, CSV injection). */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
