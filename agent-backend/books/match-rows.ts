// What an edit of a match reads and writes: results of invoices and transactions, and the links between them.
import { and, eq, inArray, sql } from "drizzle-orm";
import { INVOICE_STATUSES } from "@/contract/invoices";
import { bankTransactions, invoicePayments, invoiceResults, invoices, transactionResults } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";

export interface Place {
  tenantId: string;
  batchId: string;
}

type Result = Pick<
  typeof invoiceResults.$inferSelect,
  "row" | "status" | "poNumber" | "confidence" | "reasons" | "proposed" | "editedBy"
>;
export type InvoiceSnapshot = { kind: "invoice"; transactionRows: number[] } & Result;
export type TransactionSnapshot = {
  kind: "transaction";
  row: number;
  status: string;
  confidence: number;
  reasons: string[];
};
export type Snapshot = InvoiceSnapshot | TransactionSnapshot;

export type MatchRow = Awaited<ReturnType<typeof listMatchRows>>[number];

/** Invoices with their results, as they stand. */
export async function listMatchRows(tx: Tx, { batchId }: Place, rows: readonly number[]) {
  if (rows.length === 0) return [];
  const found = await tx
    .select({
      row: invoices.row,
      invoiceNumber: invoices.invoiceNumber,
      currency: invoices.currency,
      totalMinor: invoices.totalMinor,
      taxMinor: invoices.taxMinor,
      reconciledAt: invoices.reconciledAt,
      status: invoiceResults.status,
      poNumber: invoiceResults.poNumber,
      confidence: invoiceResults.confidence,
      reasons: invoiceResults.reasons,
      proposed: invoiceResults.proposed,
      editedBy: invoiceResults.editedBy,
    })
    .from(invoices)
    .innerJoin(
      invoiceResults,
      and(
        eq(invoiceResults.tenantId, invoices.tenantId),
        eq(invoiceResults.batchId, invoices.batchId),
        eq(invoiceResults.row, invoices.row),
      ),
    )
    .where(and(eq(invoices.batchId, batchId), inArray(invoices.row, [...rows])));
  const links = await linksOf(tx, batchId, "invoiceRow", rows);
  return found.map((one) => ({
    ...one,
    transactionRows: links
      .filter(({ invoiceRow }) => invoiceRow === one.row)
      .map(({ transactionRow }) => transactionRow),
  }));
}

export async function listTransactionRows(tx: Tx, { batchId }: Place, rows: readonly number[]) {
  if (rows.length === 0) return [];
  const found = await tx
    .select({
      row: bankTransactions.row,
      transactionId: bankTransactions.transactionId,
      amountMinor: bankTransactions.amountMinor,
      currency: bankTransactions.currency,
      status: transactionResults.status,
      confidence: transactionResults.confidence,
      reasons: transactionResults.reasons,
    })
    .from(bankTransactions)
    .innerJoin(
      transactionResults,
      and(
        eq(transactionResults.tenantId, bankTransactions.tenantId),
        eq(transactionResults.batchId, bankTransactions.batchId),
        eq(transactionResults.row, bankTransactions.row),
      ),
    )
    .where(and(eq(bankTransactions.batchId, batchId), inArray(bankTransactions.row, [...rows])));
  const links = await linksOf(tx, batchId, "transactionRow", rows);
  return found.map((one) => ({
    ...one,
    invoiceRows: links.filter(({ transactionRow }) => transactionRow === one.row).map(({ invoiceRow }) => invoiceRow),
  }));
}

async function linksOf(tx: Tx, batchId: string, side: "invoiceRow" | "transactionRow", rows: readonly number[]) {
  return tx
    .select({ invoiceRow: invoicePayments.invoiceRow, transactionRow: invoicePayments.transactionRow })
    .from(invoicePayments)
    .where(and(eq(invoicePayments.batchId, batchId), inArray(invoicePayments[side], [...rows])))
    .orderBy(invoicePayments.invoiceRow, invoicePayments.transactionRow);
}

/** Writes an invoice's result and its payments, in place of what it had. */
export async function putInvoice(tx: Tx, place: Place, snapshot: InvoiceSnapshot): Promise<void> {
  const { kind: _kind, row, transactionRows, ...result } = snapshot;
  const { batchId } = place;
  await tx
    .update(invoiceResults)
    .set(result)
    .where(and(eq(invoiceResults.batchId, batchId), eq(invoiceResults.row, row)));
  await tx
    .delete(invoicePayments)
    .where(and(eq(invoicePayments.batchId, batchId), eq(invoicePayments.invoiceRow, row)));
  if (transactionRows.length === 0) return;
  const links = transactionRows.map((transactionRow) => ({ ...place, invoiceRow: row, transactionRow }));
  await tx.insert(invoicePayments).values(links);
}

export async function putTransaction(tx: Tx, { batchId }: Place, snapshot: TransactionSnapshot): Promise<void> {
  const { kind: _kind, row, ...result } = snapshot;
  await tx
    .update(transactionResults)
    .set(result)
    .where(and(eq(transactionResults.batchId, batchId), eq(transactionResults.row, row)));
}

/** A transaction has the status of the invoices that it pays now: the first of them in the order of statuses. */
export async function statusByInvoices(tx: Tx, { batchId }: Place, transactionRow: number): Promise<string> {
  const paid = await tx
    .select({ status: invoiceResults.status })
    .from(invoicePayments)
    .innerJoin(
      invoiceResults,
      and(
        eq(invoiceResults.tenantId, invoicePayments.tenantId),
        eq(invoiceResults.batchId, invoicePayments.batchId),
        eq(invoiceResults.row, invoicePayments.invoiceRow),
      ),
    )
    .where(and(eq(invoicePayments.batchId, batchId), eq(invoicePayments.transactionRow, transactionRow)));
  const statuses = new Set(paid.map(({ status }) => status));
  return INVOICE_STATUSES.find((status) => statuses.has(status)) ?? "unknown_transaction";
}

/** Serialises edits, marks and decisions of one batch. */
export async function lockBatch(tx: Tx, { batchId }: Place): Promise<string | null> {
  const { rows } = await tx.execute<{ status: string }>(
    sql`select status from flightdeck.reconciliation_batches where id = ${batchId} for update`,
  );
  return rows[0]?.status ?? null;
}
