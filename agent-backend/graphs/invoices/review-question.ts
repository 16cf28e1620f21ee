// What the review asks, in words and in numbers. It is asked once, and asked anew in place whenever people change what it is about.
import { and, eq, sql } from "drizzle-orm";
import type { ReviewProposal } from "@/contract/invoices";
import { readSettings } from "@/contract/settings";
import { approvals, reconciliationBatches, tenants } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import { rulesOf } from "../../approvals/approvals";
import type { Place } from "../../books/match-rows";
import { markableMinor, type Totals, totalsOf } from "../../books/totals";
import { countWords } from "./count-words";

interface ReviewWords {
  message: string;
  proposal: ReviewProposal;
  amountMinor: number;
  currency: string;
}

export function reviewOf(title: string, { proposed, drafts, reconciled, currency }: Totals): ReviewWords {
  return {
    message: `${title}: ${askedWords(proposed.count, drafts)}`,
    proposal: {
      invoices: proposed.count,
      amountMinor: proposed.amountMinor,
      currency,
      reconciled,
      letters: drafts.ready - drafts.withoutAddress,
      withoutAddress: drafts.withoutAddress,
    },
    amountMinor: proposed.amountMinor,
    currency,
  };
}

/**
 * Brings the open question of a batch up to what people have just changed: marks taken back, matches, letters. Call it in the transaction
 * of the change. Whoever decides is to approve what they were shown. A question that needs a second person keeps needing one; one that
 * did not may come to, because marks that are taken back are there to be made again.
 */
export async function reviseQuestion(tx: Tx, { tenantId, batchId }: Place): Promise<void> {
  const [open] = await tx
    .select({
      approvalId: approvals.id,
      fourEyes: approvals.fourEyes,
      title: reconciliationBatches.title,
      settings: tenants.settings,
    })
    .from(reconciliationBatches)
    .innerJoin(approvals, and(eq(approvals.threadId, reconciliationBatches.threadId), eq(approvals.status, "pending")))
    .innerJoin(tenants, eq(tenants.id, tenantId))
    .where(and(eq(reconciliationBatches.id, batchId), eq(reconciliationBatches.status, "waiting")));
  if (!open) return;
  const review = reviewOf(open.title, await totalsOf(tx, batchId));
  const rules = rulesOf(readSettings(open.settings).invoicePolicy, await markableMinor(tx, batchId));
  const fourEyes = open.fourEyes || rules.fourEyes;
  const revised = await tx
    .update(approvals)
    .set({ ...review, proposal: { ...review.proposal }, fourEyes })
    // A decision that came first was about the question as it stood.
    .where(and(eq(approvals.id, open.approvalId), eq(approvals.status, "pending")))
    .returning({ id: approvals.id });
  if (revised.length === 0) return;
  await tx
    .update(reconciliationBatches)
    .set({ note: review.message, updatedAt: sql`now()` })
    .where(eq(reconciliationBatches.id, batchId));
}

function askedWords(invoices: number, { ready, withoutAddress }: Totals["drafts"]): string {
  const parts = [
    invoices > 0 ? `${countWords(invoices, "invoice")} to mark as reconciled` : "",
    ready > withoutAddress ? `${countWords(ready - withoutAddress, "letter")} to send` : "",
    withoutAddress > 0 ? `${countWords(withoutAddress, "letter")} without an address` : "",
  ].filter(Boolean);
  return parts.length > 0
    ? `${parts.join(", ")}.`
    : "nothing more is proposed. Mark what you have looked at, or close the set.";
}
