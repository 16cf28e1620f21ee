import { type LineAnswer, type OrderLine, type OrderState, stockAnswerSchema } from "@/contract/orders";
import { cancelledBy } from "../cancellation";
import { totalOf } from "../lines";
import { type OrderWorld, reportOrder } from "../order-world";
import type { OrderUpdate } from "../state";
import { begun, ended } from "../steps";
import { awaitDecision } from "./review";

/** HUMAN_REVIEW: what to do about the lines that are short. The inventory is checked again with what was decided. */
export async function reviewStock(world: OrderWorld, state: OrderState): Promise<OrderUpdate> {
  const { answer, decidedByName } = awaitDecision(state);
  const decision = stockAnswerSchema.parse(answer);
  const done = (note: string) => ended(state.steps.HUMAN_REVIEW, { note, decidedBy: decidedByName });
  await reportOrder(world, state.orderId, { status: "running", step: "CHECK_INVENTORY", note: "" });
  if (decision.action === "cancel") {
    const update = cancelledBy(state, decidedByName, decision.reason);
    return { ...update, steps: { ...update.steps, HUMAN_REVIEW: done("Cancelled.") } };
  }
  const answers = new Map(decision.lines.map((line) => [line.lineNo, line]));
  const lines = await Promise.all(
    state.lines.map((line) => {
      const given = answers.get(line.lineNo);
      return given ? applyAnswer(world, line, given) : line;
    }),
  );
  const words = decision.lines.map((given) => describe(given, state.lines)).join("; ");
  return {
    lines,
    totalMinor: totalOf(lines),
    question: null,
    loops: { HUMAN_REVIEW: state.loops.HUMAN_REVIEW + 1 },
    steps: {
      HUMAN_REVIEW: done(`${words}.`),
      CHECK_INVENTORY: begun(state, "CHECK_INVENTORY"),
    },
  };
}

async function applyAnswer(world: OrderWorld, line: OrderLine, given: LineAnswer): Promise<OrderLine> {
  switch (given.action) {
    case "adjust":
      return { ...line, qty: given.qty };
    case "back-order": {
      const qty = Math.min(line.qty, line.available);
      return { ...line, qty, backOrderedQty: line.backOrderedQty + line.qty - qty };
    }
    case "substitute": {
      const [level] = await world.systems.stock.levels([given.sku]);
      // Nothing to replace it with after all: the next check finds it short again and asks again.
      if (!level) return line;
      const { sku, name, available, unitPriceMinor } = level;
      return { ...line, sku, name, available, unitPriceMinor, substituteFor: line.substituteFor ?? line.sku };
    }
  }
}

function describe(given: LineAnswer, lines: readonly OrderLine[]): string {
  const name = lines.find(({ lineNo }) => lineNo === given.lineNo)?.name ?? `line ${given.lineNo}`;
  if (given.action === "adjust") return `${name}: ${given.qty} instead`;
  if (given.action === "substitute") return `${name}: replaced by ${given.sku}`;
  return `${name}: the rest is back-ordered`;
}
