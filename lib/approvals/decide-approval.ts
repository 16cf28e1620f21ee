import { notFound } from "@/lib/failures/app-error";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { getApproval } from "./list-approvals";

/**
 * Answers a question. The agent backend checks the answer against the question and against who answers; the first decision counts.
 * Throws AppError: not_found, invalid_request (with fields), already_decided, interrupt_expired, forbidden (a second person is needed).
 */
export async function decideApproval(
  identity: RequestIdentity,
  id: string,
  answer: Record<string, unknown>,
): Promise<void> {
  const approval = await getApproval(identity, id);
  if (!approval) throw notFound();
  const thread = approval.threadId;
  const path = `/threads/${thread}/approvals/${id}`;
  await askAgentBackend(identity, { method: "POST", path, thread, body: { answer } });
}
