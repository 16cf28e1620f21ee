// The way back: what was done is undone in reverse order, each in a node of its own with a key of its own, so that a crash on the way
// back repeats nothing either.
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { OrderState, OrderStepId } from "@/contract/orders";
import { GraphRunError } from "../../../agui/run-graph";
import { withdrawQuestions } from "../../../approvals/approvals";
import { OutsideFailure } from "../../../systems/outside-failure";
import { callOnce, effectKey, type OrderWorld, reportOrder, type StepCall } from "../order-world";
import type { OrderUpdate } from "../state";
import { ended } from "../steps";

export async function cancelShipment(world: OrderWorld, state: OrderState, config: LangGraphRunnableConfig) {
  const { shipment } = state;
  if (!shipment) return {};
  const steps = await undo(world, state, config, "CREATE_SHIPMENT", {
    key: effectKey(state, "CANCEL_SHIPMENT", 0),
    system: "carrier",
    operation: "cancel",
    request: { reference: shipment.reference },
    call: (key) => world.systems.carrier.cancel(key, shipment.reference),
    describe: ({ reference }) => ({ outcome: "ok", reference, text: `Shipment ${shipment.reference} cancelled` }),
  });
  return { steps, shipment: null };
}

export async function voidPayment(world: OrderWorld, state: OrderState, config: LangGraphRunnableConfig) {
  const { payment } = state;
  if (!payment) return {};
  const steps = await undo(world, state, config, "PAYMENT_AUTH", {
    key: effectKey(state, "VOID_PAYMENT", 0),
    system: "payment",
    operation: "void",
    amountMinor: payment.amountMinor,
    request: { reference: payment.reference },
    call: (key) => world.systems.payment.void(key, payment.reference),
    describe: ({ reference }) => ({ outcome: "ok", reference, text: `Authorization ${payment.reference} voided` }),
  });
  return { steps, payment: null };
}

export async function releaseStock(world: OrderWorld, state: OrderState, config: LangGraphRunnableConfig) {
  const { reservation } = state;
  if (!reservation) return {};
  const steps = await undo(world, state, config, "RESERVE_STOCK", {
    key: effectKey(state, "RELEASE_STOCK", 0),
    system: "stock",
    operation: "release",
    request: { reservationKey: reservation.key },
    call: (key) => world.systems.stock.release(key, reservation.key),
    describe: ({ reference }) => ({ outcome: "ok", reference, text: "Reserved units are back in stock" }),
  });
  return { steps, reservation: null };
}

/** The end of an order that was cancelled. */
export async function closeCancelled(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const { by, reason } = state.cancelled ?? { by: "", reason: "" };
  const note = `Cancelled by ${by}${reason ? `: ${reason}` : ""}`;
  await world.work((tx) => withdrawQuestions(tx, state.threadId));
  await reportOrder(world, state.orderId, { status: "cancelled", step: "", note });
  return { outcome: "cancelled", question: null };
}

type Undoing = Omit<StepCall<{ reference: string }>, "step">;

async function undo(
  world: OrderWorld,
  state: OrderState,
  config: LangGraphRunnableConfig,
  step: OrderStepId,
  call: Undoing,
): Promise<OrderUpdate["steps"]> {
  const { entry } = await callOnce(world, state, config, { step, ...call }).catch((error: unknown) => {
    if (error instanceof OutsideFailure) throw new GraphRunError(`${error.system}_${error.kind}`, error.message);
    throw error;
  });
  return { [step]: ended(state.steps[step], { note: entry.text, entries: [entry], state: "compensated" }) };
}
