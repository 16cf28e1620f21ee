import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import {
  DRAFTS_IN_STATE_MAX,
  type DraftState,
  type InvoiceState,
  type InvoiceStatus,
  type StatusTotal,
  UNPAID_STATUSES,
} from "@/contract/invoices";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { emailDrafts, invoiceResults, invoices, transactionResults } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";

export type Totals = Pick<
  InvoiceState,
  "totals" | "unknownTransactions" | "currency" | "proposed" | "reconciled" | "drafts"
>;

const sum = sql<string>`coalesce(sum(${invoices.totalMinor}), 0)`;
const count = sql<number>`count(*)::int`;
const ofInvoice = and(
  eq(invoices.tenantId, invoiceResults.tenantId),
  eq(invoices.batchId, invoiceResults.batchId),
  eq(invoices.row, invoiceResults.row),
);

/** Where a batch stands, in numbers. */
export async function totalsOf(tx: Tx, batchId: string): Promise<Totals> {
  await joinWholeBatches(tx);
  const rows = await tx
    .select({
      status: invoiceResults.status,
      currency: invoices.currency,
      count,
      amountMinor: sum,
      reconciled: sql<number>`count(${invoices.reconciledAt})::int`,
    })
    .from(invoiceResults)
    .innerJoin(invoices, ofInvoice)
    .where(eq(invoiceResults.batchId, batchId))
    .groupBy(invoiceResults.status, invoices.currency)
    .orderBy(invoiceResults.status, invoices.currency);
  const totals: StatusTotal[] = rows.map((row) => ({
    ...row,
    status: row.status as InvoiceStatus,
    amountMinor: Number(row.amountMinor),
  }));
  const currency = commonest(totals);
  const [proposed] = await tx
    .select({
      count,
      amountMinor: sql<string>`coalesce(sum(${invoices.totalMinor}) filter (where ${invoices.currency} = ${currency}), 0)`,
    })
    .from(invoiceResults)
    .innerJoin(invoices, ofInvoice)
    .where(and(eq(invoiceResults.batchId, batchId), eq(invoiceResults.proposed, true), isNull(invoices.reconciledAt)));
  const [unknown] = await tx
    .select({ count })
    .from(transactionResults)
    .where(and(eq(transactionResults.batchId, batchId), eq(transactionResults.status, "unknown_transaction")));
  return {
    totals,
    currency,
    unknownTransactions: unknown?.count ?? 0,
    proposed: { count: proposed?.count ?? 0, amountMinor: Number(proposed?.amountMinor ?? 0) },
    reconciled: totals.reduce((all, { reconciled }) => all + reconciled, 0),
    drafts: await draftTotals(tx, batchId),
  };
}

/** What a decision can mark at most, whatever its currency: what the second pair of eyes goes by. */
export async function markableMinor(tx: Tx, batchId: string): Promise<number> {
  await joinWholeBatches(tx);
  const [row] = await tx
    .select({ sum })
    .from(invoiceResults)
    .innerJoin(invoices, ofInvoice)
    .where(
      and(
        eq(invoiceResults.batchId, batchId),
        isNull(invoices.reconciledAt),
        notInArray(invoiceResults.status, [...UNPAID_STATUSES]),
      ),
    );
  return Number(row?.sum ?? 0);
}

async function draftTotals(tx: Tx, batchId: string): Promise<InvoiceState["drafts"]> {
  const drafts = await tx
    .select({
      id: emailDrafts.id,
      supplier: emailDrafts.supplier,
      invoices: sql<number>`cardinality(${emailDrafts.invoiceRows})`,
      state: emailDrafts.state,
      hasAddress: sql<boolean>`${emailDrafts.toAddress} <> ''`,
    })
    .from(emailDrafts)
    .where(eq(emailDrafts.batchId, batchId))
    .orderBy(emailDrafts.supplier, emailDrafts.id);
  const inState = (state: DraftState) => drafts.filter((draft) => draft.state === state).length;
  return {
    ready: inState("ready") + inState("sending"),
    sent: inState("sent"),
    skipped: inState("skipped"),
    failed: inState("failed"),
    withoutAddress: drafts.filter(({ state, hasAddress }) => state === "ready" && !hasAddress).length,
    shown: drafts.slice(0, DRAFTS_IN_STATE_MAX).map(({ hasAddress: _own, ...draft }) => draft),
  };
}

function commonest(totals: readonly StatusTotal[]): string {
  const counts = new Map<string, number>();
  for (const { currency, count } of totals) counts.set(currency, (counts.get(currency) ?? 0) + count);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? "";
}
