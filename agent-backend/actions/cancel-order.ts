import { eq } from "drizzle-orm";
import type { CancelledOrder, RefusedAction } from "@/contract/backend-actions";
import { orders } from "@/db/schema";
import { settled } from "../execution/settled";
import type { Actor } from "./actions";

/**
 * Asks for the end of an order's fulfilment, in the name of whoever speaks, as the page does; every member may. Waits until what was done
 * is undone. What has not begun or has ended is `refused`.
 */
export async function cancelOrder(
  { executor, claims }: Actor,
  { orderId }: { orderId: string },
): Promise<CancelledOrder | RefusedAction> {
  const read = async () => {
    const [order] = await executor.work(claims.tenant)((tx) => tx.select().from(orders).where(eq(orders.id, orderId)));
    return order;
  };
  const order = await read();
  if (!order) return refuse(`There is no order ${orderId}.`);
  if (!order.threadId) return refuse(`${orderId} has not been started.`);
  if (!(await executor.threads.requestCancel(claims.tenant, order.threadId, claims.email || claims.sub)))
    return refuse(`${orderId} has ended (${order.status.replace("_", " ")}) and cannot be cancelled any more.`);
  void executor.run(claims.tenant, order.threadId);
  await settled(executor, claims.tenant, order.threadId);
  const status = (await read())?.status;
  const outcome = status === "cancelled" ? "cancelled" : status === "fulfilled" ? "too_late" : "asked";
  return { status: "ok", orderId, outcome };
}

const refuse = (message: string): RefusedAction => ({ status: "refused", message });
