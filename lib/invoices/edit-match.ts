import { z } from "zod";
import type { MatchEdit } from "@/contract/invoices";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import type { RequestIdentity } from "@/lib/gateway/identity";

const editedSchema = z.object({ editId: z.string() });

/**
 * Says which payments pay an invoice, and which order it bills. A payment is taken from another invoice unless it is large enough for both.
 * Throws `not_found`, `not_waiting`, `reconciled`, and `invalid_request` with fields.
 */
export async function editMatch(
  identity: RequestIdentity,
  batchId: string,
  row: number,
  edit: MatchEdit,
): Promise<{ editId: string }> {
  const path = `/batches/${encodeURIComponent(batchId)}/invoices/${row}/match`;
  const response = await askAgentBackend(identity, { method: "POST", path, thread: "", body: edit });
  return editedSchema.parse(await response.json());
}

/** Puts back what an edit replaced. Throws `not_found`, `not_waiting`, `later_edit` and `reconciled`. */
export async function undoEdit(identity: RequestIdentity, batchId: string, editId: string): Promise<void> {
  const path = `/batches/${encodeURIComponent(batchId)}/edits/${encodeURIComponent(editId)}/undo`;
  await askAgentBackend(identity, { method: "POST", path, thread: "", body: {} });
}
