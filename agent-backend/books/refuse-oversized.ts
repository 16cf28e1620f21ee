import type { BookFile, Books, RefusedRow } from "../reconciliation/books";

/** Longer than any number on paper, and well below what an index entry may hold. */
const NUMBER_CHARS_MAX = 200;
/** What somebody may write into a free column. */
const TEXT_CHARS_MAX = 5_000;

/** The books without rows whose cells are too long to be kept: those are refused like any that cannot be read. */
export function refuseOversized(books: Books): Books {
  const refused: RefusedRow[] = [...books.refused];
  const kept = <Row extends { row: number }>(file: BookFile, rows: Row[], numbers: readonly (keyof Row)[]) =>
    rows.filter((row) => {
      const column = (Object.keys(row) as (keyof Row)[]).find((name) => {
        const value = row[name];
        return typeof value === "string" && value.length > (numbers.includes(name) ? NUMBER_CHARS_MAX : TEXT_CHARS_MAX);
      });
      if (column === undefined) return true;
      const value = String(row[column]);
      const poNumber =
        file === "purchase_orders" ? { poNumber: String(row["poNumber" as keyof Row]).slice(0, 200) } : {};
      refused.push({
        file,
        row: row.row,
        column: snakeCase(String(column)),
        value: value.slice(0, 200),
        reason: `longer than ${numbers.includes(column) ? NUMBER_CHARS_MAX : TEXT_CHARS_MAX} characters`,
        ...poNumber,
      });
      return false;
    });
  return {
    orderLines: kept("purchase_orders", books.orderLines, ["poNumber"]),
    invoices: kept("invoices", books.invoices, ["invoiceNumber", "poNumber"]),
    transactions: kept("bank_transactions", books.transactions, ["transactionId"]),
    refused,
  };
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
