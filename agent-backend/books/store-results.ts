import { and, eq, ne } from "drizzle-orm";
import { PROPOSED_STATUSES } from "@/contract/invoices";
import { emailDrafts, invoicePayments, invoiceResults, matchEdits, transactionResults } from "@/db/schema";
import type { Reconciliation } from "../reconciliation/result";
import type { TenantWork } from "../tenant-work";
import { insertRows } from "./insert-rows";
import { storable } from "./row-values";

/**
 * Keeps what reconciliation says of every row, in place of what an earlier run said: a run that was cut off leaves nothing behind, and
 * edits of older results have nothing left to apply to. Letters that were sent stay.
 */
export async function storeResults(
  work: TenantWork,
  place: { tenantId: string; batchId: string },
  { invoices, transactions }: Reconciliation,
  proposeFromConfidence: number,
): Promise<void> {
  await work(async (tx) => {
    for (const table of [invoicePayments, invoiceResults, transactionResults, matchEdits])
      await tx.delete(table).where(eq(table.batchId, place.batchId));
    await tx.delete(emailDrafts).where(and(eq(emailDrafts.batchId, place.batchId), ne(emailDrafts.state, "sent")));
    await insertRows(
      tx,
      invoiceResults,
      invoices.map(({ row, status, po_number, confidence, reasons }) => ({
        ...place,
        row,
        status,
        poNumber: po_number === null ? null : storable(po_number),
        confidence,
        reasons: reasons.map(storable),
        proposed: PROPOSED_STATUSES.includes(status) && confidence >= proposeFromConfidence,
      })),
    );
    await insertRows(
      tx,
      transactionResults,
      transactions.map(({ row, status, confidence, reasons }) => ({
        ...place,
        row,
        status,
        confidence,
        reasons: reasons.map(storable),
      })),
    );
    const links = transactions.flatMap(({ row, invoice_rows }) =>
      invoice_rows.map((invoiceRow) => ({ ...place, invoiceRow, transactionRow: row })),
    );
    await insertRows(tx, invoicePayments, links);
  });
}
