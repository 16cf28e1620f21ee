import { Annotation } from "@langchain/langgraph";
import {
  ORDER_STATE_VERSION,
  ORDER_STEPS,
  type OrderState,
  type OrderStep,
  type OrderStepId,
  orderPolicySchema,
  orderStateSchema,
} from "@/contract/orders";
import { GraphRunError } from "../../agui/run-graph";

const last = <T>() => Annotation<T>({ reducer: (_left, right) => right });
/** A node names only the steps that it changes. */
const merged = <T extends Record<string, unknown>>() =>
  Annotation<T, Partial<T>>({ reducer: (left, right) => ({ ...left, ...right }) as T, default: () => ({}) as T });

/** The channels of the graph: one for each field of the contract's state, which stays the only description of it. */
export const OrderChannels = Annotation.Root({
  version: last<OrderState["version"]>(),
  orderId: last<string>(),
  threadId: last<string>(),
  requestedBy: last<string>(),
  currency: last<string>(),
  customer: last<OrderState["customer"]>(),
  policy: last<OrderState["policy"]>(),
  lines: last<OrderState["lines"]>(),
  totalMinor: last<number>(),
  paymentMethods: last<string[]>(),
  paymentMethod: last<string>(),
  steps: merged<Record<OrderStepId, OrderStep>>(),
  question: last<OrderState["question"]>(),
  loops: merged<Record<OrderStepId, number>>(),
  reservation: last<OrderState["reservation"]>(),
  payment: last<OrderState["payment"]>(),
  shipment: last<OrderState["shipment"]>(),
  notice: last<OrderState["notice"]>(),
  cancelled: last<OrderState["cancelled"]>(),
  outcome: last<OrderState["outcome"]>(),
});

export type OrderUpdate = typeof OrderChannels.Update;

const pending: OrderStep = {
  state: "pending",
  startedAt: null,
  endedAt: null,
  attempts: 0,
  note: "",
  decidedBy: null,
  entries: [],
};

/** What a fulfilment begins with: nothing is known but which order it is. */
export function initialOrderState(orderId: string, threadId: string, requestedBy: string): OrderState {
  const bySteps = <T>(value: (step: OrderStepId) => T) =>
    Object.fromEntries(ORDER_STEPS.map((step) => [step, value(step)])) as Record<OrderStepId, T>;
  return {
    version: ORDER_STATE_VERSION,
    orderId,
    threadId,
    requestedBy,
    currency: "",
    customer: null,
    policy: orderPolicySchema.parse({}),
    lines: [],
    totalMinor: 0,
    paymentMethods: [],
    paymentMethod: "",
    steps: bySteps(() => pending),
    question: null,
    loops: bySteps(() => 0),
    reservation: null,
    payment: null,
    shipment: null,
    notice: null,
    cancelled: null,
    outcome: null,
  };
}

/**
 * Throws GraphRunError `state_version` for a stored state that this version of the graph cannot go on from. A change that older states
 * do not fit needs a higher ORDER_STATE_VERSION and a step from the old one here.
 */
export function requireOrderState(state: unknown): void {
  const { version } = (state ?? {}) as { version?: unknown };
  if (version === undefined) return;
  const parsed = orderStateSchema.safeParse(state);
  if (parsed.success) return;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new GraphRunError(
    "state_version",
    `This order was begun by another version (${String(version)}) and cannot go on under version ${ORDER_STATE_VERSION}: ${where || "its state"} does not fit. Nothing was done.`,
  );
}
