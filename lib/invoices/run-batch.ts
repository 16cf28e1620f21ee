import { eq } from "drizzle-orm";
import { z } from "zod";
import { newId } from "@/db/ids";
import { reconciliationBatches } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { notFound } from "@/lib/failures/app-error";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import { EVENT_STREAM_HEADERS } from "@/lib/gateway/event-stream-headers";
import type { RequestIdentity } from "@/lib/gateway/identity";

const startedSchema = z.object({ threadId: z.string() });

/** Begins the reconciliation of a batch, or finds the one that runs. It goes on by itself. Returns its thread. Throws `not_found`. */
export async function startBatch(identity: RequestIdentity, batchId: string): Promise<string> {
  const thread = newId("thr");
  const path = `/agents/invoices/threads/${thread}`;
  const response = await askAgentBackend(identity, { method: "POST", path, thread, body: { subject: batchId } });
  return startedSchema.parse(await response.json()).threadId;
}

/** Pauses a batch that is at work. Throws `not_found`, and `not_running` when there is nothing to pause. */
export async function stopBatch(identity: RequestIdentity, batchId: string): Promise<void> {
  const thread = await threadOf(identity, batchId);
  const path = `/batches/${encodeURIComponent(batchId)}/stop`;
  await askAgentBackend(identity, { method: "POST", path, thread, body: {} });
}

/** Goes on with a batch that was stopped, or tries again where it failed. Throws `not_found`, and `not_stopped`. */
export async function resumeBatch(identity: RequestIdentity, batchId: string): Promise<void> {
  const thread = await threadOf(identity, batchId);
  const path = `/batches/${encodeURIComponent(batchId)}/resume`;
  await askAgentBackend(identity, { method: "POST", path, thread, body: {} });
}

/** Ends a batch; what was marked and sent stays. Throws `not_found`, and `finished` when it is closed already. */
export async function cancelBatch(identity: RequestIdentity, batchId: string): Promise<void> {
  const thread = await threadOf(identity, batchId);
  await askAgentBackend(identity, { method: "POST", path: `/threads/${thread}/cancel`, thread, body: {} });
}

/** The events of the batch as AG-UI over SSE, from a snapshot to its next question or its end. Throws `not_found`. */
export async function followBatch(identity: RequestIdentity, batchId: string, signal: AbortSignal): Promise<Response> {
  const thread = await threadOf(identity, batchId);
  const path = `/threads/${thread}/events`;
  const { body } = await askAgentBackend(identity, { method: "GET", path, thread, signal });
  return new Response(body, { headers: EVENT_STREAM_HEADERS });
}

/** The batch is the tenant's to see: its thread is, too, whoever began it. Throws `not_found`, also for one that nobody began. */
export async function threadOf(context: TenantContext, batchId: string): Promise<string> {
  const [batch] = await withTenant(context, (tx) =>
    tx
      .select({ threadId: reconciliationBatches.threadId })
      .from(reconciliationBatches)
      .where(eq(reconciliationBatches.id, batchId)),
  );
  if (!batch?.threadId) throw notFound();
  return batch.threadId;
}
