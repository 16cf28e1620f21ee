import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { OrderState } from "@/contract/orders";
import type { Reservation } from "../../../systems/stock";
import { turnRound } from "../cancellation";
import { callOnce, effectKey, type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, next, skipped } from "../steps";

/** RESERVE_STOCK: takes all that ships now out of the stock, or nothing; what was sold meanwhile sends the order back to the check. */
export async function reserveStock(
  world: OrderWorld,
  state: OrderState,
  config: LangGraphRunnableConfig,
): Promise<OrderUpdate> {
  const key = effectKey(state, "RESERVE_STOCK", state.loops.RESERVE_STOCK);
  const find = (key: string) => world.systems.stock.findReservation(key);
  const stopped = await turnRound(world, state, { key, find });
  if (stopped) return stopped;
  const lines = state.lines.filter(({ qty }) => qty > 0).map(({ sku, qty }) => ({ sku, qty }));
  if (lines.length === 0) {
    const steps = skipped(state, ["RESERVE_STOCK", "PAYMENT_AUTH", "CREATE_SHIPMENT"], "Nothing ships now.");
    return { steps: { ...steps, ...next(state, "NOTIFY_CUSTOMER") } };
  }
  const step = begun(state, "RESERVE_STOCK");
  const { result, entry } = await callOnce<Reservation>(world, state, config, {
    key,
    step: "RESERVE_STOCK",
    system: "stock",
    operation: "reserve",
    request: { orderId: state.orderId, lines },
    call: (key) => world.systems.stock.reserve(key, state.orderId, lines),
    find,
    describe: (reservation) =>
      reservation.status === "reserved"
        ? { outcome: "ok", reference: reservation.reference, text: `Reserved ${unitsOf(lines)}` }
        : { outcome: "failed", reference: "", text: `Sold meanwhile: ${reservation.missing.join(", ")}` },
  });
  const loops = { RESERVE_STOCK: state.loops.RESERVE_STOCK + 1 };
  if (result.status === "short") {
    const note = `Sold to somebody else meanwhile: ${result.missing.join(", ")}. Checking again.`;
    return {
      loops,
      steps: {
        RESERVE_STOCK: ended(step, { note, entries: [entry], state: "pending" }),
        ...next(state, "CHECK_INVENTORY"),
      },
    };
  }
  await reportOrder(world, state.orderId, { status: "running", step: "PAYMENT_AUTH", note: "" });
  return {
    loops,
    reservation: { key, reference: result.reference },
    steps: {
      RESERVE_STOCK: ended(step, { note: unitsOf(lines), entries: [entry] }),
      ...next(state, "PAYMENT_AUTH"),
    },
  };
}

function unitsOf(lines: readonly { qty: number }[]): string {
  const units = lines.reduce((sum, { qty }) => sum + qty, 0);
  return units === 1 ? "1 unit" : `${units} units`;
}
