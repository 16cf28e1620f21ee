import "server-only";
import { type ApprovalSummary, listApprovals, mayDecide } from "@/lib/approvals/list-approvals";
import type { RequestIdentity } from "@/lib/gateway/identity";

const SHOWN_MAX = 200;

/** A question as this member sees it. */
export interface InboxItem extends ApprovalSummary {
  /** False when a second person is needed and this is the first, or an admin and this is none. */
  mine: boolean;
}

export async function inboxOf(identity: RequestIdentity, open: boolean): Promise<InboxItem[]> {
  const approvals = await listApprovals(identity, { open, limit: SHOWN_MAX });
  return approvals.map((one) => ({ ...one, mine: mayDecide(one, identity) }));
}
