import type { BankTransaction, RefusedRow } from "../books";
import { readRows } from "./row-reader";

const COLUMNS = ["transaction_id", "booking_date", "amount", "currency", "counterparty", "reference"];

export function readBankCsv(text: string): { rows: BankTransaction[]; refused: RefusedRow[] } {
  return readRows(text, {
    file: "bank_transactions",
    columns: COLUMNS,
    dateColumns: ["booking_date"],
    numberColumns: ["amount"],
    read: (row) => {
      const currency = row.currency("currency");
      return {
        row: row.line,
        transactionId: row.text("transaction_id"),
        bookingDay: row.day("booking_date"),
        amount: row.amount("amount", currency),
        currency,
        counterparty: row.optionalText("counterparty"),
        reference: row.optionalText("reference"),
      };
    },
  });
}
