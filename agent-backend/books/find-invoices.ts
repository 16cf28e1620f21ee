import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { invoiceResults, invoices, reconciliationBatches } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";

const FOUND_MAX = 10;

export const ofResult = and(
  eq(invoices.tenantId, invoiceResults.tenantId),
  eq(invoices.batchId, invoiceResults.batchId),
  eq(invoices.row, invoiceResults.row),
);

/** Invoices that were looked at, with what was found and the set that they are in. */
export function invoicesWithResults(tx: Tx) {
  return tx
    .select({
      batchId: invoices.batchId,
      title: reconciliationBatches.title,
      batchStatus: reconciliationBatches.status,
      threadId: reconciliationBatches.threadId,
      row: invoices.row,
      invoiceNumber: invoices.invoiceNumber,
      supplier: invoices.supplier,
      currency: invoices.currency,
      totalMinor: invoices.totalMinor,
      reconciledAt: invoices.reconciledAt,
      reconciledBy: invoices.reconciledBy,
      status: invoiceResults.status,
      reasons: invoiceResults.reasons,
    })
    .from(invoiceResults)
    .innerJoin(invoices, ofResult)
    .innerJoin(
      reconciliationBatches,
      and(eq(reconciliationBatches.tenantId, invoices.tenantId), eq(reconciliationBatches.id, invoices.batchId)),
    )
    .$dynamic();
}

export type FoundInvoice = Awaited<ReturnType<typeof findInvoices>>[number];

/** The invoices of these numbers, whatever their case, in the newest set that has any of them. */
export async function findInvoices(tx: Tx, numbers: readonly string[]) {
  const find = (where: SQL) =>
    invoicesWithResults(tx).where(where).orderBy(desc(invoices.batchId), asc(invoices.row)).limit(FOUND_MAX);
  const capitals = numbers.map((number) => number.toUpperCase());
  // Nearly always it is written as in the file or in capitals, which the index finds. Under row-level security no index serves `upper`,
  // which is not leakproof: any other spelling costs a look at all of the tenant's invoices.
  const asWritten = await find(inArray(invoices.invoiceNumber, [...new Set([...numbers, ...capitals])]));
  const rows = asWritten.length > 0 ? asWritten : await find(inArray(sql`upper(${invoices.invoiceNumber})`, capitals));
  return rows.filter(({ batchId }) => batchId === rows[0]?.batchId);
}
