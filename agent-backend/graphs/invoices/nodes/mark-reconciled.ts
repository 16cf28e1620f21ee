import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { type InvoiceState, UNPAID_STATUSES } from "@/contract/invoices";
import { newId } from "@/db/ids";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { auditLog, effects, invoiceResults, invoices } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import { totalsOf } from "../../../books/totals";
import { countWords } from "../count-words";
import { type Approved, requireApproved } from "../decision";
import { type InvoiceWorld, reportBatch } from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { begun, done } from "../steps";

/** mark_reconciled: what was approved, in one transaction with its audit entry and its ledger row. A second attempt finds the row and does nothing. */
export async function markReconciled(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const approved = await requireApproved(world, state);
  const { marked, totals } = await world.work(async (tx) => {
    await joinWholeBatches(tx);
    const marked = await markOnce(tx, world.tenantId, state, approved);
    return { marked, totals: await totalsOf(tx, state.batchId) };
  });
  await reportBatch(world, state, { step: "send_emails" });
  const note = marked === 0 ? "Nothing was to be marked." : `${countWords(marked, "invoice")} marked as reconciled.`;
  return {
    ...totals,
    steps: {
      ...done(state, "mark_reconciled", note, approved.decidedByName),
      ...begun(state, "send_emails"),
    },
  };
}

async function markOnce(tx: Tx, tenantId: string, state: InvoiceState, approved: Approved): Promise<number> {
  const { answer, approvalId, decidedBy, decidedByName } = approved;
  const key = `${state.threadId}:mark_reconciled:${state.round}`;
  const [begun] = await tx
    .insert(effects)
    .values({
      tenantId,
      threadId: state.threadId,
      key,
      step: "mark_reconciled",
      system: "books",
      operation: "reconcile",
      state: "done",
      request: { approvalId, invoices: answer.invoices },
      doneAt: sql`now()`,
    })
    .onConflictDoNothing()
    .returning({ key: effects.key });
  if (!begun) {
    const [done] = await tx.select({ result: effects.result }).from(effects).where(eq(effects.key, key));
    return Number(done?.result?.marked ?? 0);
  }
  const wanted = answer.invoices === "proposed" ? eq(invoiceResults.proposed, true) : rowsIn(answer.invoices);
  const rows = tx
    .select({ row: invoiceResults.row })
    .from(invoiceResults)
    .where(
      and(eq(invoiceResults.batchId, state.batchId), notInArray(invoiceResults.status, [...UNPAID_STATUSES]), wanted),
    );
  const marked = await tx
    .update(invoices)
    .set({ reconciledAt: sql`now()`, reconciledBy: decidedByName })
    .where(and(eq(invoices.batchId, state.batchId), isNull(invoices.reconciledAt), inArray(invoices.row, rows)))
    .returning({ row: invoices.row });
  const numbers = marked.map(({ row }) => row).sort((a, b) => a - b);
  if (numbers.length > 0)
    await tx.insert(auditLog).values({
      id: newId("aud"),
      tenantId,
      userId: decidedBy,
      action: "invoice.reconcile",
      target: state.batchId,
      detail: { approvalId, rows: numbers },
    });
  await tx
    .update(effects)
    .set({ result: { marked: numbers.length } })
    .where(eq(effects.key, key));
  return numbers.length;
}

function rowsIn(rows: readonly number[]) {
  // One parameter for however many rows: a statement takes no more than 65,535.
  return sql`${invoiceResults.row} = any(${sql.param(`{${rows.join(",")}}`)}::int[])`;
}
