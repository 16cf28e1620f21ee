import { asc, eq } from "drizzle-orm";
import { bankTransactions, invoices, purchaseOrderLines, refusedRows } from "@/db/schema";
import type { Books } from "../reconciliation/books";
import type { TenantWork } from "../tenant-work";
import { toDay, toDecimal } from "./row-values";

/** The rows of a batch as reconciliation works on them: what was stored, no more and no less. */
export async function loadBooks(work: TenantWork, batchId: string): Promise<Books> {
  return work(async (tx) => {
    const lines = await tx
      .select()
      .from(purchaseOrderLines)
      .where(eq(purchaseOrderLines.batchId, batchId))
      .orderBy(asc(purchaseOrderLines.row));
    const bills = await tx.select().from(invoices).where(eq(invoices.batchId, batchId)).orderBy(asc(invoices.row));
    const bookings = await tx
      .select()
      .from(bankTransactions)
      .where(eq(bankTransactions.batchId, batchId))
      .orderBy(asc(bankTransactions.row));
    const refused = await tx
      .select()
      .from(refusedRows)
      .where(eq(refusedRows.batchId, batchId))
      .orderBy(asc(refusedRows.no));
    return {
      orderLines: lines.map(({ poDate, qty, unitPrice, ...line }) => ({
        ...line,
        poDay: toDay(poDate),
        qty: toDecimal(qty),
        unitPrice: toDecimal(unitPrice),
      })),
      invoices: bills.map(({ invoiceDate, dueDate, totalMinor, taxMinor, ...invoice }) => ({
        ...invoice,
        invoiceDay: toDay(invoiceDate),
        dueDay: dueDate === null ? null : toDay(dueDate),
        total: totalMinor,
        tax: taxMinor,
      })),
      transactions: bookings.map(({ bookingDate, amountMinor, ...booking }) => ({
        ...booking,
        bookingDay: toDay(bookingDate),
        amount: amountMinor,
      })),
      refused: refused.map(({ poNumber, ...row }) => ({ ...row, ...(poNumber === null ? {} : { poNumber }) })),
    };
  });
}
