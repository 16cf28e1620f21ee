import { and, eq, sql } from "drizzle-orm";
import type { InvoiceState } from "@/contract/invoices";
import { reconciliationBatches } from "@/db/schema";
import { ask, rulesOf } from "../../../approvals/approvals";
import { markableMinor, totalsOf } from "../../../books/totals";
import { type InvoiceWorld, turnRound } from "../invoice-world";
import { reviewOf } from "../review-question";
import type { InvoiceUpdate } from "../state";
import { begun } from "../steps";

/** Asks what to mark and what to send, and has the batch wait, in one transaction; a node of its own, so that it is asked once. */
export async function askReview(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  return world.work(async (tx) => {
    const totals = await totalsOf(tx, state.batchId);
    const review = reviewOf(state.title, totals);
    const { message } = review;
    const approval = await ask(tx, {
      tenantId: world.tenantId,
      threadId: state.threadId,
      key: `${state.threadId}:review:${state.round}`,
      agent: "invoices",
      subject: state.batchId,
      reason: "invoices.review",
      title: `Reconciliation: ${state.title}`,
      ...review,
      proposal: { ...review.proposal },
      requestedBy: state.requestedBy,
      ...rulesOf(state.policy, await markableMinor(tx, state.batchId)),
    });
    await tx
      .update(reconciliationBatches)
      .set({
        status: "waiting",
        step: "review",
        note: message,
        progressCurrent: 0,
        progressTotal: 0,
        // A pause that came too late must not stop what is decided next.
        stopRequestedBy: null,
        updatedAt: sql`now()`,
      })
      .where(and(eq(reconciliationBatches.id, state.batchId), eq(reconciliationBatches.threadId, state.threadId)));
    return {
      ...totals,
      progress: null,
      question: { approvalId: approval.id, reason: "invoices.review" as const, message },
      steps: begun(state, "review", "waiting", message),
    };
  });
}
