import type { OrderState } from "@/contract/orders";
import { turnRound } from "../cancellation";
import { draftNotice } from "../notice";
import { askPeople, effectKey, type OrderWorld } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended } from "../steps";

/** Writes the letter to the customer and shows it before it goes; a node of its own, so that it is written once. */
export async function prepareNotice(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const { subject, body } = draftNotice(state);
  const notice = { subject, body, state: "draft" as const };
  if (state.policy.automatic) return { notice };
  const message = `${state.orderId}: the letter to ${state.customer?.name ?? "the customer"} is ready to be read and sent.`;
  const approval = await askPeople(world, state, {
    step: "NOTIFY_CUSTOMER",
    reason: "order.notice",
    key: effectKey(state, "NOTIFY_CUSTOMER", state.loops.NOTIFY_CUSTOMER),
    title: `Letter to the customer of ${state.orderId}`,
    message,
    proposal: { action: "send", subject, body },
  });
  return {
    notice,
    question: { approvalId: approval.id, reason: "order.notice", step: "NOTIFY_CUSTOMER", message },
    steps: { NOTIFY_CUSTOMER: ended(begun(state, "NOTIFY_CUSTOMER"), { note: message, state: "waiting" }) },
  };
}
