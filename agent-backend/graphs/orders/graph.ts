// Order fulfilment: only the wiring. What a node does is in nodes/, what it may reach in order-world.ts.
import { type BaseCheckpointSaver, END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import type { OrderState } from "@/contract/orders";
import { authorizePayment } from "./nodes/authorize-payment";
import { checkInventory } from "./nodes/check-inventory";
import { cancelShipment, closeCancelled, releaseStock, voidPayment } from "./nodes/compensate";
import { createShipment } from "./nodes/create-shipment";
import { prepareNotice } from "./nodes/draft-notice";
import { finalizeOrder } from "./nodes/finalize-order";
import { intakeOrder } from "./nodes/intake";
import { notifyCustomer } from "./nodes/notify-customer";
import { reserveStock } from "./nodes/reserve-stock";
import { reviewNotice } from "./nodes/review-notice";
import { reviewPayment } from "./nodes/review-payment";
import { reviewStock } from "./nodes/review-stock";
import type { OrderWorld } from "./order-world";
import { OrderChannels, type OrderUpdate } from "./state";

type Body = (world: OrderWorld, state: OrderState, config: LangGraphRunnableConfig) => Promise<OrderUpdate>;

/** Where a cancelled order goes from any node; each node of the way back does nothing when there is nothing to undo. */
const UNDO = "CANCEL_SHIPMENT";

/** The order graph of one tenant. */
export function buildOrderGraph(world: OrderWorld, checkpointer: BaseCheckpointSaver) {
  const node = (body: Body) => (state: typeof OrderChannels.State, config: LangGraphRunnableConfig) =>
    body(world, state as OrderState, config);
  const unlessCancelled =
    <Target extends string>(route: (state: OrderState) => Target) =>
    (state: typeof OrderChannels.State) =>
      state.cancelled ? UNDO : route(state as OrderState);
  return new StateGraph(OrderChannels)
    .addNode("INTAKE_ORDER", node(intakeOrder))
    .addNode("CHECK_INVENTORY", node(checkInventory))
    .addNode("HUMAN_REVIEW", node(reviewStock))
    .addNode("RESERVE_STOCK", node(reserveStock))
    .addNode("PAYMENT_AUTH", node(authorizePayment))
    .addNode("HUMAN_REVIEW_PAYMENT", node(reviewPayment))
    .addNode("CREATE_SHIPMENT", node(createShipment))
    .addNode("DRAFT_NOTICE", node(prepareNotice))
    .addNode("REVIEW_NOTICE", node(reviewNotice))
    .addNode("NOTIFY_CUSTOMER", node(notifyCustomer))
    .addNode("FINALIZE_ORDER", node(finalizeOrder))
    .addNode("CANCEL_SHIPMENT", node(cancelShipment))
    .addNode("VOID_PAYMENT", node(voidPayment))
    .addNode("RELEASE_STOCK", node(releaseStock))
    .addNode("CLOSE_CANCELLED", node(closeCancelled))
    .addEdge(START, "INTAKE_ORDER")
    .addConditionalEdges(
      "INTAKE_ORDER",
      unlessCancelled(() => "CHECK_INVENTORY"),
      ["CHECK_INVENTORY", UNDO],
    )
    .addConditionalEdges(
      "CHECK_INVENTORY",
      unlessCancelled(({ question }) => (question ? "HUMAN_REVIEW" : "RESERVE_STOCK")),
      ["HUMAN_REVIEW", "RESERVE_STOCK", UNDO],
    )
    .addConditionalEdges(
      "HUMAN_REVIEW",
      unlessCancelled(() => "CHECK_INVENTORY"),
      ["CHECK_INVENTORY", UNDO],
    )
    .addConditionalEdges("RESERVE_STOCK", unlessCancelled(afterReservation), [
      "PAYMENT_AUTH",
      "CHECK_INVENTORY",
      "DRAFT_NOTICE",
      UNDO,
    ])
    .addConditionalEdges("PAYMENT_AUTH", unlessCancelled(afterPayment), [
      "CREATE_SHIPMENT",
      "HUMAN_REVIEW_PAYMENT",
      "PAYMENT_AUTH",
      UNDO,
    ])
    .addConditionalEdges(
      "HUMAN_REVIEW_PAYMENT",
      unlessCancelled(() => "PAYMENT_AUTH"),
      ["PAYMENT_AUTH", UNDO],
    )
    .addConditionalEdges(
      "CREATE_SHIPMENT",
      unlessCancelled(() => "DRAFT_NOTICE"),
      ["DRAFT_NOTICE", UNDO],
    )
    .addConditionalEdges(
      "DRAFT_NOTICE",
      unlessCancelled(({ question }) => (question ? "REVIEW_NOTICE" : "NOTIFY_CUSTOMER")),
      ["REVIEW_NOTICE", "NOTIFY_CUSTOMER", UNDO],
    )
    .addConditionalEdges(
      "REVIEW_NOTICE",
      unlessCancelled(() => "NOTIFY_CUSTOMER"),
      ["NOTIFY_CUSTOMER", UNDO],
    )
    .addConditionalEdges(
      "NOTIFY_CUSTOMER",
      unlessCancelled(() => "FINALIZE_ORDER"),
      ["FINALIZE_ORDER", UNDO],
    )
    .addConditionalEdges(
      "FINALIZE_ORDER",
      unlessCancelled(() => END),
      [END, UNDO],
    )
    .addEdge("CANCEL_SHIPMENT", "VOID_PAYMENT")
    .addEdge("VOID_PAYMENT", "RELEASE_STOCK")
    .addEdge("RELEASE_STOCK", "CLOSE_CANCELLED")
    .addEdge("CLOSE_CANCELLED", END)
    .compile({ checkpointer });
}

function afterReservation({ reservation, lines }: OrderState) {
  if (reservation) return "PAYMENT_AUTH";
  return lines.some(({ qty }) => qty > 0) ? "CHECK_INVENTORY" : "DRAFT_NOTICE";
}

function afterPayment({ payment, question }: OrderState) {
  if (payment) return "CREATE_SHIPMENT";
  return question ? "HUMAN_REVIEW_PAYMENT" : "PAYMENT_AUTH";
}
