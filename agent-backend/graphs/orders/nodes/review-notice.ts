import { noticeAnswerSchema, type OrderState } from "@/contract/orders";
import { cancelledBy } from "../cancellation";
import { type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { awaitDecision } from "./review";

/** The letter as a person wants it sent, not sent at all, or the end of the order. */
export async function reviewNotice(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const { answer, decidedByName } = awaitDecision(state);
  const decision = noticeAnswerSchema.parse(answer);
  await reportOrder(world, state.orderId, { status: "running", step: "NOTIFY_CUSTOMER", note: "" });
  const step = { ...state.steps.NOTIFY_CUSTOMER, state: "running" as const, decidedBy: decidedByName };
  if (decision.action === "cancel") {
    const update = cancelledBy(state, decidedByName, decision.reason);
    return {
      ...update,
      steps: { ...update.steps, NOTIFY_CUSTOMER: { ...step, state: "skipped", note: "Cancelled." } },
    };
  }
  const draft = state.notice ?? { subject: "", body: "" };
  const notice =
    decision.action === "send"
      ? { subject: decision.subject, body: decision.body, state: "draft" as const }
      : { ...draft, state: "skipped" as const };
  return {
    notice,
    question: null,
    loops: { NOTIFY_CUSTOMER: state.loops.NOTIFY_CUSTOMER + 1 },
    steps: { NOTIFY_CUSTOMER: step },
  };
}
