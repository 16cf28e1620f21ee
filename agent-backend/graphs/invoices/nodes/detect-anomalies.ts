import type { InvoiceState } from "@/contract/invoices";
import { totalsOf } from "../../../books/totals";
import { countWords } from "../count-words";
import { type InvoiceWorld, reportBatch, turnRound } from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { begun, done } from "../steps";

/** detect_anomalies: what fits and what does not, counted by status. */
export async function detectAnomalies(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const totals = await world.work((tx) => totalsOf(tx, state.batchId));
  await reportBatch(world, state, { step: "draft_emails", progressCurrent: 0, progressTotal: 0 });
  const odd = totals.totals.reduce((sum, { status, count }) => (isFine(status) ? sum : sum + count), 0);
  const note = `${countWords(totals.proposed.count, "invoice")} ready to be reconciled, ${odd.toLocaleString("en")} to look at, ${countWords(totals.unknownTransactions, "bank line")} without an invoice`;
  return {
    ...totals,
    progress: { step: "draft_emails", current: 0, total: 0, unit: "letters", remainingMs: null },
    steps: { ...done(state, "detect_anomalies", note), ...begun(state, "draft_emails") },
  };
}

const isFine = (status: string) => status === "matched" || status === "split_payment";
