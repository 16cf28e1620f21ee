import { type OrderState, paymentAnswerSchema } from "@/contract/orders";
import { methodName } from "@/contract/payment-method";
import { cancelledBy } from "../cancellation";
import { type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { ended, next } from "../steps";
import { awaitDecision } from "./review";

/** HUMAN_REVIEW_PAYMENT: try again, another method, or the end of the order. */
export async function reviewPayment(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const { answer, decidedByName } = awaitDecision(state);
  const decision = paymentAnswerSchema.parse(answer);
  const done = (note: string) => ended(state.steps.HUMAN_REVIEW_PAYMENT, { note, decidedBy: decidedByName });
  await reportOrder(world, state.orderId, { status: "running", step: "PAYMENT_AUTH", note: "" });
  if (decision.action === "cancel") {
    const update = cancelledBy(state, decidedByName, decision.reason);
    return { ...update, steps: { ...update.steps, HUMAN_REVIEW_PAYMENT: done("Cancelled.") } };
  }
  const method = decision.action === "other-method" ? decision.method : state.paymentMethod;
  const note = decision.action === "retry" ? `Try ${methodName(method)} again.` : `Pay by ${methodName(method)}.`;
  return {
    paymentMethod: method,
    question: null,
    loops: { HUMAN_REVIEW_PAYMENT: state.loops.HUMAN_REVIEW_PAYMENT + 1 },
    steps: { HUMAN_REVIEW_PAYMENT: done(note), ...next(state, "PAYMENT_AUTH") },
  };
}
