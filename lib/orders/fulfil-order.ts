import { eq } from "drizzle-orm";
import { z } from "zod";
import { newId } from "@/db/ids";
import { orders } from "@/db/schema";
import { withTenant } from "@/db/with-tenant";
import { notFound } from "@/lib/failures/app-error";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import { EVENT_STREAM_HEADERS } from "@/lib/gateway/event-stream-headers";
import type { RequestIdentity } from "@/lib/gateway/identity";

const startedSchema = z.object({ threadId: z.string() });

/** Begins the fulfilment of an order, or finds the one that runs. It goes on by itself. Returns its thread. Throws `not_found`. */
export async function fulfilOrder(identity: RequestIdentity, orderId: string): Promise<string> {
  const thread = newId("thr");
  const path = `/agents/orders/threads/${thread}`;
  const response = await askAgentBackend(identity, { method: "POST", path, thread, body: { subject: orderId } });
  return startedSchema.parse(await response.json()).threadId;
}

/** Asks for the end of a fulfilment: what was done is undone. Throws `not_found`, and `finished` when it is too late. */
export async function cancelOrder(identity: RequestIdentity, orderId: string): Promise<void> {
  const thread = await threadOf(identity, orderId);
  await askAgentBackend(identity, { method: "POST", path: `/threads/${thread}/cancel`, thread, body: {} });
}

/** Has a step that failed tried again. Throws `not_found`, and `not_failed` when it goes on already. */
export async function retryOrder(identity: RequestIdentity, orderId: string): Promise<void> {
  const thread = await threadOf(identity, orderId);
  await askAgentBackend(identity, { method: "POST", path: `/threads/${thread}/retry`, thread, body: {} });
}

/** The events of the order's fulfilment as AG-UI over SSE, from a snapshot to its next question or its end. Throws `not_found`. */
export async function followOrder(identity: RequestIdentity, orderId: string, signal: AbortSignal): Promise<Response> {
  const thread = await threadOf(identity, orderId);
  const { body } = await askAgentBackend(identity, {
    method: "GET",
    path: `/threads/${thread}/events`,
    thread,
    signal,
  });
  return new Response(body, { headers: EVENT_STREAM_HEADERS });
}

/** The order is the tenant's to see: its thread is, too, whoever began it. */
async function threadOf(identity: RequestIdentity, orderId: string): Promise<string> {
  const [order] = await withTenant(identity, (tx) =>
    tx.select({ threadId: orders.threadId }).from(orders).where(eq(orders.id, orderId)),
  );
  if (!order?.threadId) throw notFound();
  return order.threadId;
}
