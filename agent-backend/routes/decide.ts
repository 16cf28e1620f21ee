import type { RunTokenClaims } from "@/contract/run-token";
import { type Approval, answerOf, decide, getApproval } from "../approvals/approvals";
import type { Executor } from "../execution/executor";
import { HttpError, notFound } from "../http-error";

/** An approval as it is told to callers. */
export function shownApproval(approval: Approval) {
  const { id, threadId, subject, reason, status, decidedBy, decidedByEmail, decidedAt } = approval;
  return {
    id,
    threadId,
    subject,
    reason,
    status,
    decidedBy,
    decidedByEmail,
    decidedAt,
    answer: answerOf(approval) ?? null,
  };
}

/**
 * Takes an answer to a question of the thread, checks it against the question and against who answers, writes it if it is the first,
 * and has the graph go on. The same answer again changes nothing. Throws HttpError: not_found, invalid_request, already_decided (with
 * the decision that counts), expired, forbidden, withdrawn.
 */
export async function takeAnswer(
  executor: Executor,
  claims: RunTokenClaims,
  threadId: string,
  approvalId: string,
  given: unknown,
): Promise<Approval> {
  const work = executor.work(claims.tenant);
  const approval = await getApproval(work, approvalId);
  if (!approval || approval.threadId !== threadId) throw notFound();
  const checked = await executor.definition(approval.agent).checkAnswer(work, approval, given);
  if (!checked.ok)
    throw new HttpError(422, "invalid_request", "This answer does not fit the question.", { fields: checked.fields });
  const decider = { userId: claims.sub, email: claims.email, role: claims.role };
  const decided = await decide(work, approvalId, decider, checked.answer);
  switch (decided.outcome) {
    case "unknown":
      throw notFound();
    case "taken": {
      const who = decided.approval.decidedByEmail || "somebody else";
      throw new HttpError(409, "already_decided", `This was decided by ${who}.`, {
        approval: shownApproval(decided.approval),
      });
    }
    case "withdrawn":
      throw new HttpError(409, "withdrawn", decided.message, { approval: shownApproval(decided.approval) });
    case "expired":
      throw new HttpError(410, "interrupt_expired", decided.message);
    case "not_allowed":
      throw new HttpError(403, "forbidden", decided.message);
    default:
      void executor.run(claims.tenant, threadId);
      return decided.approval;
  }
}
