import { interrupt } from "@langchain/langgraph";
import { type InvoiceState, reviewAnswerSchema } from "@/contract/invoices";
import { decisionSchema } from "@/contract/orders";
import { cancelledBy, type InvoiceWorld, reportBatch } from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { begun, done } from "../steps";

/**
 * Stops here until somebody has decided. Everything above `interrupt` runs again when the graph goes on, so there is nothing above it.
 * What was decided stays in the approval, because it may name thousands of rows; the state says only which approval.
 */
export async function review(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const { question } = state;
  if (!question) throw new Error(`${state.batchId} waits for a decision without a question`);
  const { approvalId, reason, message } = question;
  const metadata = { approvalId, batchId: state.batchId };
  const { answer, decidedByName } = decisionSchema.parse(interrupt({ id: approvalId, reason, message, metadata }));
  const decision = reviewAnswerSchema.parse(answer);
  if (decision.action === "cancel") return cancelledBy(state, decidedByName, decision.reason);
  await reportBatch(world, state, { status: "running", step: "mark_reconciled", note: "" });
  return {
    question: null,
    round: state.round + 1,
    decision: { approvalId, decidedByName, close: decision.close },
    steps: { ...done(state, "review", "Decided.", decidedByName), ...begun(state, "mark_reconciled") },
  };
}
