import type { OrderLine, OrderState } from "@/contract/orders";
import { cancelledBy, turnRound } from "../cancellation";
import { resolveByPolicy, shortLines, totalOf } from "../lines";
import { askPeople, effectKey, type OrderWorld } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended, next } from "../steps";

/** CHECK_INVENTORY: reads the stock and, where something is missing, asks people or lets the policy decide. */
export async function checkInventory(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const step = begun(state, "CHECK_INVENTORY");
  const lines = await withStock(world, state.lines);
  const short = shortLines(lines);
  const available = `${lines.length - short.length} of ${lines.length} lines available`;
  const loops = { CHECK_INVENTORY: state.loops.CHECK_INVENTORY + 1 };
  if (short.length === 0) {
    const done = ended(step, { note: available });
    return {
      lines,
      totalMinor: totalOf(lines),
      loops,
      steps: { CHECK_INVENTORY: done, ...next(state, "RESERVE_STOCK") },
    };
  }
  if (state.policy.automatic) return byPolicy(state, lines, ended(step, { note: available }), loops);
  const message = `${state.orderId}: ${short.map(missing).join("; ")}.`;
  const approval = await askPeople(world, state, {
    step: "HUMAN_REVIEW",
    reason: "order.stock",
    key: effectKey(state, "HUMAN_REVIEW", state.loops.HUMAN_REVIEW),
    title: `${state.orderId} is short of stock`,
    message,
    // Beside the proposed answer, what is needed to judge it.
    proposal: {
      action: "resolve",
      lines: short.map(({ lineNo, name, qty: wanted, available }) => ({
        lineNo,
        action: "back-order",
        name,
        wanted,
        available,
      })),
    },
  });
  return {
    lines,
    loops,
    question: { approvalId: approval.id, reason: "order.stock", step: "HUMAN_REVIEW", message },
    steps: {
      CHECK_INVENTORY: ended(step, { note: available }),
      HUMAN_REVIEW: ended(begun(state, "HUMAN_REVIEW"), { note: message, state: "waiting" }),
    },
  };
}

async function withStock(world: OrderWorld, lines: readonly OrderLine[]): Promise<OrderLine[]> {
  const levels = await world.systems.stock.levels([...new Set(lines.map(({ sku }) => sku))]);
  const bySku = new Map(levels.map((level) => [level.sku, level]));
  return lines.map((line) => ({ ...line, available: bySku.get(line.sku)?.available ?? 0 }));
}

function byPolicy(
  state: OrderState,
  lines: OrderLine[],
  done: OrderState["steps"]["CHECK_INVENTORY"],
  loops: OrderUpdate["loops"],
): OrderUpdate {
  const resolved = resolveByPolicy(lines, state.policy);
  if (!resolved) {
    const update = cancelledBy(state, "policy", "Not everything is in stock.");
    return { ...update, lines, loops, steps: { ...update.steps, CHECK_INVENTORY: done } };
  }
  const note = `${done.note}; the rest is ${state.policy.shortage === "back-order" ? "back-ordered" : "left out"} by policy`;
  return {
    lines: resolved,
    totalMinor: totalOf(resolved),
    loops,
    steps: { CHECK_INVENTORY: { ...done, note, decidedBy: "policy" }, ...next(state, "RESERVE_STOCK") },
  };
}

const missing = ({ name, qty, available }: OrderLine) => `${name}: ${qty} ordered, ${available} in stock`;
