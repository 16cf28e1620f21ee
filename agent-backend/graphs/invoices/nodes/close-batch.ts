import type { InvoiceState } from "@/contract/invoices";
import { withdrawQuestions } from "../../../approvals/approvals";
import { countWords } from "../count-words";
import { type InvoiceWorld, reportBatch } from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { skipped } from "../steps";

/** The end of a batch, decided or cancelled. What was marked and sent stays; the rest stays as it is. */
export async function closeBatch(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const { cancelled, reconciled, drafts } = state;
  await world.work((tx) => withdrawQuestions(tx, state.threadId));
  const outcome = cancelled ? "cancelled" : "finished";
  const why = cancelled?.reason ? `: ${cancelled.reason}` : ".";
  const note = cancelled
    ? `Cancelled by ${cancelled.by}${why}`
    : `${countWords(reconciled, "invoice")} reconciled, ${countWords(drafts.sent, "letter")} sent.`;
  await reportBatch(world, state, { status: outcome, step: "", note, progressCurrent: 0, progressTotal: 0 });
  return { outcome, question: null, decision: null, progress: null, steps: skipped(state, "Not needed.") };
}
