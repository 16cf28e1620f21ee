import type { OrderState } from "@/contract/orders";
import { GraphRunError } from "../../../agui/run-graph";
import { turnRound } from "../cancellation";
import { totalOf } from "../lines";
import { loadOrder, loadOrderPolicy } from "../load-order";
import { type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, next } from "../steps";

/** INTAKE_ORDER: what was ordered, by whom, and the tenant's policy at this moment. Later changes of the policy do not touch this order. */
export async function intakeOrder(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const [order, policy] = await Promise.all([
    loadOrder(world.work, state.orderId),
    loadOrderPolicy(world.work, world.tenantId),
  ]);
  if (!order) throw new GraphRunError("unknown_order", `There is no order ${state.orderId}.`);
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  await reportOrder(world, state.orderId, { status: "running", step: "CHECK_INVENTORY", note: "" });
  const lines = order.lines.map(({ qty, ...line }) => ({
    ...line,
    orderedQty: qty,
    qty,
    backOrderedQty: 0,
    substituteFor: null,
  }));
  const { paymentMethods, ...customer } = order.customer;
  const count = lines.length === 1 ? "1 line" : `${lines.length} lines`;
  return {
    currency: order.currency,
    customer,
    policy,
    lines,
    totalMinor: totalOf(lines),
    paymentMethods,
    paymentMethod: paymentMethods[0] ?? "",
    steps: {
      INTAKE_ORDER: ended(begun(state, "INTAKE_ORDER"), { note: `${count} for ${customer.name}` }),
      ...next(state, "CHECK_INVENTORY"),
    },
  };
}
