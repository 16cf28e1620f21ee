import { and, desc, eq, sql } from "drizzle-orm";
import type { InvoiceStatus } from "@/contract/invoices";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { emailDrafts, invoiceResults, invoices, reconciliationBatches, transactionResults } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";
import type { BatchDetails, BatchSummary } from "./batch-summary";

const LISTED_MAX = 50;

/** The tenant's sets of books, the newest first. */
export async function listBatches(
  context: TenantContext,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<BatchSummary[]> {
  const rows = await doors.withTenant(context, (tx) =>
    tx
      .select()
      .from(reconciliationBatches)
      .orderBy(desc(reconciliationBatches.createdAt), reconciliationBatches.id)
      .limit(LISTED_MAX),
  );
  return rows.map(toSummary);
}

/** A set with its totals, or null when the tenant has none of that id. */
export async function getBatch(
  context: TenantContext,
  id: string,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<BatchDetails | null> {
  return doors.withTenant(context, async (tx) => {
    const [row] = await tx.select().from(reconciliationBatches).where(eq(reconciliationBatches.id, id));
    if (!row) return null;
    await joinWholeBatches(tx);
    const totals = await tx
      .select({
        status: invoiceResults.status,
        currency: invoices.currency,
        count: sql<number>`count(*)::int`,
        amountMinor: sql`coalesce(sum(${invoices.totalMinor}), 0)`.mapWith(Number),
        reconciled: sql<number>`count(${invoices.reconciledAt})::int`,
      })
      .from(invoiceResults)
      .innerJoin(
        invoices,
        and(
          eq(invoices.tenantId, invoiceResults.tenantId),
          eq(invoices.batchId, invoiceResults.batchId),
          eq(invoices.row, invoiceResults.row),
        ),
      )
      .where(eq(invoiceResults.batchId, id))
      .groupBy(invoiceResults.status, invoices.currency);
    const [unknown] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(transactionResults)
      .where(and(eq(transactionResults.batchId, id), eq(transactionResults.status, "unknown_transaction")));
    const letters = await tx
      .select({ state: emailDrafts.state, count: sql<number>`count(*)::int` })
      .from(emailDrafts)
      .where(and(eq(emailDrafts.batchId, id), eq(emailDrafts.threadId, row.threadId ?? "")))
      .groupBy(emailDrafts.state);
    return {
      ...toSummary(row),
      totals: totals.map((total) => ({ ...total, status: total.status as InvoiceStatus })),
      unknownTransactions: unknown?.count ?? 0,
      letters: {
        ready: 0,
        sending: 0,
        sent: 0,
        skipped: 0,
        failed: 0,
        ...Object.fromEntries(letters.map(({ state, count }) => [state, count])),
      },
    };
  });
}

function toSummary(row: typeof reconciliationBatches.$inferSelect): BatchSummary {
  const { id, title, source, status, step, note, orders, orderLines, transactions, refused, threadId } = row;
  return {
    id,
    title,
    source,
    status,
    step,
    note,
    orders,
    orderLines,
    invoices: row.invoices,
    transactions,
    refused,
    threadId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
