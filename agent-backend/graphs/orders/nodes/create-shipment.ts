import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { OrderState } from "@/contract/orders";
import { GraphRunError } from "../../../agui/run-graph";
import { OutsideFailure } from "../../../systems/outside-failure";
import { turnRound } from "../cancellation";
import { callOnce, effectKey, type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, next } from "../steps";

/** CREATE_SHIPMENT: books the carrier. A carrier that refuses or stays away stops the order here, to be tried again or cancelled. */
export async function createShipment(
  world: OrderWorld,
  state: OrderState,
  config: LangGraphRunnableConfig,
): Promise<OrderUpdate> {
  const key = effectKey(state, "CREATE_SHIPMENT", state.loops.CREATE_SHIPMENT);
  const find = async (key: string) => {
    const found = await world.systems.carrier.find(key);
    return found && { ...found };
  };
  const stopped = await turnRound(world, state, { key, find });
  if (stopped) return stopped;
  const items = state.lines.filter(({ qty }) => qty > 0).map(({ sku, qty }) => ({ sku, qty }));
  const { name: recipient = "", address = "" } = state.customer ?? {};
  const request = { orderId: state.orderId, recipient, address, items };
  const { result, entry } = await callOnce(world, state, config, {
    key,
    step: "CREATE_SHIPMENT",
    system: "carrier",
    operation: "book",
    request,
    call: async (key) => ({ ...(await world.systems.carrier.book(key, request)) }),
    find,
    describe: ({ reference }) => ({ outcome: "ok", reference, text: `Booked to ${address}` }),
  }).catch((error: unknown) => {
    if (error instanceof OutsideFailure) throw new GraphRunError(`carrier_${error.kind}`, error.message);
    throw error;
  });
  await reportOrder(world, state.orderId, { status: "running", step: "NOTIFY_CUSTOMER", note: "" });
  return {
    shipment: { key, ...result },
    steps: {
      CREATE_SHIPMENT: ended(begun(state, "CREATE_SHIPMENT"), { note: result.reference, entries: [entry] }),
      ...next(state, "NOTIFY_CUSTOMER"),
    },
  };
}
