import type { ReviewAnswer } from "@/contract/invoices";
import { decideApproval } from "@/lib/approvals/decide-approval";
import { getOpenApproval } from "@/lib/approvals/list-approvals";
import { AppError } from "@/lib/failures/app-error";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { threadOf } from "./run-batch";

/**
 * Decides what the batch asks: what to mark, what to send, whether to close. It is carried out at once, and the batch asks again. Throws
 * `not_found`, `not_waiting` when nothing is asked, and what decideApproval throws.
 */
export async function answerReview(identity: RequestIdentity, batchId: string, answer: ReviewAnswer): Promise<void> {
  const approval = await getOpenApproval(identity, await threadOf(identity, batchId));
  if (!approval)
    throw new AppError("not_waiting", "This batch does not wait for a decision just now.", { status: 409 });
  await decideApproval(identity, approval.id, { ...answer });
}
