import "server-only";
import type { OpenQuestion } from "@/components/decisions/answer-form";
import { getOpenApproval, mayDecide } from "@/lib/approvals/list-approvals";
import type { RequestIdentity } from "@/lib/gateway/identity";
import type { BatchDetails, BatchSummary } from "@/lib/invoices/batch-summary";
import { getBatch, listBatches } from "@/lib/invoices/list-batches";

export interface Books {
  batches: BatchSummary[];
  /** The set that is shown: the one asked for, or else the newest. Null when there is none. */
  batch: BatchDetails | null;
  /** The question that it waits with. */
  question: BatchQuestion | null;
}

export interface BatchQuestion extends OpenQuestion {
  message: string;
  /** Whether this member may decide it. */
  mine: boolean;
}

/** The tenant's sets of books, and one of them with its open question. */
export async function booksOf(identity: RequestIdentity, batchId: string | null): Promise<Books> {
  const batches = await listBatches(identity);
  const id = batchId ?? batches[0]?.id;
  const batch = id ? await getBatch(identity, id) : null;
  const approval =
    batch?.threadId && batch.status === "waiting" ? await getOpenApproval(identity, batch.threadId) : null;
  if (!approval) return { batches, batch, question: null };
  const { id: approvalId, reason, proposal, message } = approval;
  const mine = mayDecide(approval, identity);
  return { batches, batch, question: { id: approvalId, reason, proposal, message, mine } };
}
