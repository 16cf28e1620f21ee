import { z } from "zod";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import type { RequestIdentity } from "@/lib/gateway/identity";

const unmarkedSchema = z.object({ unmarked: z.number().int() });

/** Takes marks of reconciled invoices back; they are set again by the next approval. Returns how many there were. Throws `not_found`. */
export async function unmarkInvoices(
  identity: RequestIdentity,
  batchId: string,
  rows: readonly number[],
): Promise<number> {
  const path = `/batches/${encodeURIComponent(batchId)}/unmark`;
  const response = await askAgentBackend(identity, { method: "POST", path, thread: "", body: { rows } });
  return unmarkedSchema.parse(await response.json()).unmarked;
}
