import { type InvoiceState, type ReviewAnswer, reviewAnswerSchema } from "@/contract/invoices";
import { decisionSchema } from "@/contract/orders";
import { getApproval } from "../../approvals/approvals";
import type { InvoiceWorld } from "./invoice-world";

export interface Approved {
  answer: Extract<ReviewAnswer, { action: "approve" }>;
  approvalId: string;
  decidedBy: string;
  decidedByName: string;
}

/** What was approved, as the approval has it. Throws when the state names none: nothing is marked or sent without one. */
export async function requireApproved(world: InvoiceWorld, state: InvoiceState): Promise<Approved> {
  const approvalId = state.decision?.approvalId ?? "";
  const approval = await getApproval(world.work, approvalId);
  if (approval?.status !== "decided" || approval.threadId !== state.threadId)
    throw new Error(`${state.batchId} has nothing that was approved`);
  const { answer: given, decidedBy, decidedByName } = decisionSchema.parse(approval.decision);
  const answer = reviewAnswerSchema.parse(given);
  if (answer.action !== "approve") throw new Error(`${approvalId} approves nothing`);
  return { answer, approvalId, decidedBy, decidedByName };
}
