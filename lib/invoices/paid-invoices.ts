import { and, asc, eq, inArray } from "drizzle-orm";
import { invoicePayments, invoices } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";

/** The invoices that each of some payments pays, by the payment's row. */
export async function invoicesPaidBy(
  tx: Tx,
  batchId: string,
  transactionRows: readonly number[],
): Promise<Map<number, { row: number; invoiceNumber: string }[]>> {
  const paid = new Map<number, { row: number; invoiceNumber: string }[]>();
  if (transactionRows.length === 0) return paid;
  const rows = await tx
    .select({
      transactionRow: invoicePayments.transactionRow,
      row: invoices.row,
      invoiceNumber: invoices.invoiceNumber,
    })
    .from(invoicePayments)
    .innerJoin(
      invoices,
      and(
        eq(invoices.tenantId, invoicePayments.tenantId),
        eq(invoices.batchId, invoicePayments.batchId),
        eq(invoices.row, invoicePayments.invoiceRow),
      ),
    )
    .where(and(eq(invoicePayments.batchId, batchId), inArray(invoicePayments.transactionRow, [...transactionRows])))
    .orderBy(asc(invoices.row));
  for (const { transactionRow, ...invoice } of rows)
    paid.set(transactionRow, [...(paid.get(transactionRow) ?? []), invoice]);
  return paid;
}
