import type { DraftEdit } from "@/contract/invoices";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import type { RequestIdentity } from "@/lib/gateway/identity";

/** Writes a letter's address and words; one that was left out, or was refused, is ready again. Throws `not_found` and `letter_sent`. */
export async function saveDraft(
  identity: RequestIdentity,
  batchId: string,
  id: string,
  edit: DraftEdit,
): Promise<void> {
  await post(identity, batchId, id, "", edit);
}

/** Leaves a letter out. Throws `not_found` and `letter_sent`. */
export async function skipDraft(identity: RequestIdentity, batchId: string, id: string): Promise<void> {
  await post(identity, batchId, id, "/skip", {});
}

/** Takes a letter in again that was left out. Throws `not_found` and `letter_sent`. */
export async function restoreDraft(identity: RequestIdentity, batchId: string, id: string): Promise<void> {
  await post(identity, batchId, id, "/restore", {});
}

async function post(identity: RequestIdentity, batchId: string, id: string, verb: string, body: object): Promise<void> {
  const path = `/batches/${encodeURIComponent(batchId)}/drafts/${encodeURIComponent(id)}${verb}`;
  await askAgentBackend(identity, { method: "POST", path, thread: "", body });
}
