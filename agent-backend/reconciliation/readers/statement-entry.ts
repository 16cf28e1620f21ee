import type { BankTransaction, RefusedRow } from "../books";
import { toMinorUnits } from "../money";
import { parseDate } from "./date-column";
import { parseDecimal } from "./decimal-column";

/** One booking of a bank statement, still as text. `row` counts bookings from 1, since such files have no rows. */
export interface StatementEntry {
  row: number;
  transactionId: string;
  bookingDate: string;
  /** Signed: negative when money leaves the account. */
  amount: string;
  currency: string;
  counterparty: string;
  reference: string;
}

/** Turns bookings into transactions; one whose amount, date or currency cannot be read is refused by its number. */
export function readEntries(entries: StatementEntry[]): { rows: BankTransaction[]; refused: RefusedRow[] } {
  const rows: BankTransaction[] = [];
  const refused: RefusedRow[] = [];
  const timesSeen = new Map<string, number>();
  for (const entry of entries) {
    const refuse = (column: string, value: string, reason: string) =>
      refused.push({ file: "bank_transactions", row: entry.row, column, value: value.slice(0, 200), reason });
    const currency = entry.currency.toUpperCase();
    const decimal = parseDecimal(entry.amount, ".");
    const amount = decimal ? toMinorUnits(decimal, currency) : null;
    const bookingDay = parseDate(entry.bookingDate.slice(0, 10), "dmy");
    if (!/^[A-Z]{3}$/.test(currency)) refuse("currency", entry.currency, "not a three-letter currency code");
    else if (amount === null) refuse("amount", entry.amount, `not an amount of ${currency}`);
    else if (bookingDay === null) refuse("booking_date", entry.bookingDate, "not a date");
    else {
      const id = entry.transactionId || `booking-${entry.row}`;
      const seen = (timesSeen.get(id) ?? 0) + 1;
      timesSeen.set(id, seen);
      // Banks repeat a reference on the parts of one booking; the result is keyed by it.
      const transactionId = seen === 1 ? id : `${id}#${seen}`;
      const { row, counterparty, reference } = entry;
      rows.push({ row, transactionId, bookingDay, amount, currency, counterparty, reference });
    }
  }
  return { rows, refused };
}
