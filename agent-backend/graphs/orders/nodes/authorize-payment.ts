import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { OrderState, StepEntry } from "@/contract/orders";
import { methodName } from "@/contract/payment-method";
import { OutsideFailure } from "../../../systems/outside-failure";
import type { PaymentResult } from "../../../systems/payment";
import { cancelledBy, turnRound } from "../cancellation";
import { askPeople, callOnce, effectKey, type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, next } from "../steps";

/** PAYMENT_AUTH: authorizes the total. Declined, or the provider away: people decide, or with automatic decisions the next method is tried. */
export async function authorizePayment(
  world: OrderWorld,
  state: OrderState,
  config: LangGraphRunnableConfig,
): Promise<OrderUpdate> {
  const key = effectKey(state, "PAYMENT_AUTH", state.loops.PAYMENT_AUTH);
  const find = (key: string) => world.systems.payment.find(key);
  const stopped = await turnRound(world, state, { key, find });
  if (stopped) return stopped;
  const { orderId, totalMinor, currency, paymentMethod } = state;
  const request = { orderId, amountMinor: totalMinor, currency, method: paymentMethod };
  try {
    const { result, entry } = await callOnce<PaymentResult>(world, state, config, {
      key,
      step: "PAYMENT_AUTH",
      system: "payment",
      operation: "authorize",
      amountMinor: totalMinor,
      request,
      call: (key) => world.systems.payment.authorize(key, request),
      find,
      describe: (answer) =>
        answer.status === "authorized"
          ? { outcome: "ok", reference: answer.reference, text: `Authorized by ${paymentMethod}` }
          : { outcome: "declined", reference: answer.reference, text: answer.reason },
    });
    if (result.status === "declined") return unpaid(world, state, result.reason, [entry]);
    await reportOrder(world, orderId, { status: "running", step: "CREATE_SHIPMENT", note: "" });
    return {
      loops: { PAYMENT_AUTH: state.loops.PAYMENT_AUTH + 1 },
      payment: { key, reference: result.reference, amountMinor: totalMinor },
      steps: {
        PAYMENT_AUTH: ended(begun(state, "PAYMENT_AUTH"), {
          note: `By ${methodName(paymentMethod)}`,
          entries: [entry],
        }),
        ...next(state, "CREATE_SHIPMENT"),
      },
    };
  } catch (error) {
    // After a time-out nobody knows whether it was authorized, so the key must stay: the step is tried again under it.
    if (!(error instanceof OutsideFailure) || error.kind === "timeout") throw error;
    return unpaid(world, state, error.message, []);
  }
}

async function unpaid(
  world: OrderWorld,
  state: OrderState,
  reason: string,
  entries: StepEntry[],
): Promise<OrderUpdate> {
  const failed = ended(begun(state, "PAYMENT_AUTH"), { note: reason, entries, state: "failed" });
  const loops = { PAYMENT_AUTH: state.loops.PAYMENT_AUTH + 1 };
  if (state.policy.automatic) {
    const other = state.paymentMethods[state.paymentMethods.indexOf(state.paymentMethod) + 1];
    if (!other) {
      const update = cancelledBy(state, "policy", `Payment failed: ${reason}`);
      return { ...update, loops, steps: { ...update.steps, PAYMENT_AUTH: failed } };
    }
    return { loops, paymentMethod: other, steps: { PAYMENT_AUTH: { ...failed, decidedBy: "policy" } } };
  }
  const others = state.paymentMethods.filter((method) => method !== state.paymentMethod);
  const message = `${state.orderId}: payment by ${methodName(state.paymentMethod)} failed. ${reason}`;
  const approval = await askPeople(world, state, {
    step: "HUMAN_REVIEW_PAYMENT",
    reason: "order.payment",
    key: effectKey(state, "HUMAN_REVIEW_PAYMENT", state.loops.HUMAN_REVIEW_PAYMENT),
    title: `${state.orderId} could not be paid`,
    message,
    proposal: {
      ...(others[0] ? { action: "other-method", method: others[0] } : { action: "retry" }),
      methods: state.paymentMethods,
      failed: state.paymentMethod,
    },
  });
  return {
    loops,
    question: { approvalId: approval.id, reason: "order.payment", step: "HUMAN_REVIEW_PAYMENT", message },
    steps: {
      PAYMENT_AUTH: failed,
      HUMAN_REVIEW_PAYMENT: ended(begun(state, "HUMAN_REVIEW_PAYMENT"), { note: message, state: "waiting" }),
    },
  };
}
