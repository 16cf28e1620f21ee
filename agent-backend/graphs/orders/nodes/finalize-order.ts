import { ORDER_STEPS, type OrderState } from "@/contract/orders";
import { turnRound } from "../cancellation";
import { type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, skipped } from "../steps";

/** FINALIZE_ORDER: the end of an order that went through. */
export async function finalizeOrder(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const shipped = state.shipment !== null;
  const later = state.lines.reduce((sum, { backOrderedQty }) => sum + backOrderedQty, 0);
  const outcome = shipped ? "fulfilled" : "back_ordered";
  const rest = later > 0 ? `${later} units follow` : "";
  const note = shipped ? ["Shipped", rest].filter(Boolean).join("; ") : "Nothing shipped yet; all of it follows";
  await reportOrder(world, state.orderId, { status: outcome, step: "FINALIZE_ORDER", note });
  return {
    outcome,
    question: null,
    steps: {
      ...skipped(state, ORDER_STEPS, "Not needed."),
      FINALIZE_ORDER: ended(begun(state, "FINALIZE_ORDER"), { note }),
    },
  };
}
