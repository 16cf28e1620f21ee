import { currencyExponent } from "@/contract/money";
import { formatDay } from "../readers/date-column";
import type { GeneratedTransaction } from "./bank";
import type { Documents } from "./documents";
import type { Random } from "./random";
import type { Dialect } from "./style";

export interface GeneratedFiles {
  purchaseOrders: string;
  invoices: string;
  bank: string;
}

/** The books as delimited files in one of the ways such files are written. */
export function writeFiles(
  random: Random,
  dialect: Dialect,
  documents: Documents,
  transactions: GeneratedTransaction[],
): GeneratedFiles {
  const date = (day: number) => writeDate(day, dialect);
  const money = (amount: number, currency: string) => writeAmount(amount, currencyExponent(currency), dialect);
  const lines = documents.orders
    .filter(({ isAbsent }) => !isAbsent)
    .flatMap((order) =>
      order.lines.map((line, index) => [
        order.number,
        order.supplier.name,
        date(order.day),
        order.currency,
        String(index + 1),
        line.sku,
        line.description,
        String(line.qty),
        money(line.unitPrice, order.currency),
      ]),
    );
  if (random.chance(0.3)) random.shuffle(lines);
  return {
    purchaseOrders: table("po_number,supplier,po_date,currency,line_no,sku,description,qty,unit_price", lines, dialect),
    invoices: table(
      "invoice_number,supplier,invoice_date,due_date,po_number,currency,total,tax",
      documents.invoices.map((invoice) => [
        invoice.number,
        invoice.supplierText,
        date(invoice.day),
        date(invoice.dueDay),
        invoice.poText,
        invoice.currency,
        money(invoice.total, invoice.currency),
        money(invoice.tax, invoice.currency),
      ]),
      dialect,
    ),
    bank: table(
      "transaction_id,booking_date,amount,currency,counterparty,reference",
      transactions.map((transaction) => [
        transaction.id,
        date(transaction.day),
        money(transaction.amount, transaction.currency),
        transaction.currency,
        transaction.counterparty,
        transaction.reference,
      ]),
      dialect,
    ),
  };
}

function table(header: string, rows: string[][], { delimiter, newline, byteOrderMark }: Dialect): string {
  const quote = (cell: string) => (/[",;\t|\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [header.split(","), ...rows].map((row) => row.map(quote).join(delimiter));
  return `${byteOrderMark ? "\uFEFF" : ""}${lines.join(newline)}${newline}`;
}

function writeDate(day: number, { date }: Dialect): string {
  const iso = formatDay(day);
  const [year = "", month = "", dayOfMonth = ""] = iso.split("-");
  switch (date) {
    case "iso":
      return iso;
    case "dotted":
      return `${dayOfMonth}.${month}.${year}`;
    case "us":
      return `${month}/${dayOfMonth}/${year}`;
    case "uk":
      return `${dayOfMonth}/${month}/${year}`;
    case "compact":
      return `${year}${month}${dayOfMonth}`;
  }
}

function writeAmount(amount: number, exponent: number, { decimalMark, thousands }: Dialect): string {
  const digits = String(Math.abs(amount)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const grouped = thousands ? whole.replace(/\B(?=(\d{3})+$)/g, decimalMark === "," ? "." : ",") : whole;
  return `${amount < 0 ? "-" : ""}${grouped}${exponent > 0 ? decimalMark + digits.slice(-exponent) : ""}`;
}
