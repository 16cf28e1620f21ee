import type { FulfilledOrders, RefusedAction } from "@/contract/backend-actions";
import type { Actor } from "./actions";

/** Begins several orders as one batch, as the page does: those that nobody has begun. `refused` when there are none among them. */
export async function fulfilOrders(
  { executor, claims }: Actor,
  { orderIds }: { orderIds: string[] },
): Promise<FulfilledOrders | RefusedAction> {
  const { tenant: tenantId, sub: startedBy, email } = claims;
  const batch = { tenantId, agent: "orders", startedBy, startedByName: email || startedBy, subjects: orderIds };
  const started = await executor.threads.startBatch(executor.definition("orders"), batch);
  if (!started) return { status: "refused", message: "None of these orders is new." };
  executor.sweepNow();
  return { status: "ok", batchId: started.id, begun: started.total };
}
