import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { orders } from "@/db/schema";
import type { Graph } from "../../agui/run-graph";
import type { AgentDefinition } from "../../execution/agent-definition";
import { checkOrderAnswer } from "./check-answer";
import { reportInWords, understandOrders } from "./conversation";
import { buildOrderGraph } from "./graph";
import { initialOrderState, requireOrderState } from "./state";

/** Orders that somebody may begin to fulfil: those nobody has, and those whose last attempt left something to do. */
const STARTABLE = ["new", "cancelled", "back_ordered"] as const;

const BATCH_MAX = 10_000;

export const orderAgent: AgentDefinition = {
  id: "orders",
  description: "Fulfils an order from intake to shipment, and asks people where a decision is theirs.",
  buildGraph: ({ checkpointer, ...world }) => buildOrderGraph(world, checkpointer) as unknown as Graph,
  initialState: ({ subject, id, startedBy }) => ({ ...initialOrderState(subject, id, startedBy) }),
  requireState: requireOrderState,
  understand: understandOrders,
  report: reportInWords,
  checkAnswer: checkOrderAnswer,
  async claim(tx, { subject, id }) {
    const claimed = await tx
      .update(orders)
      .set({ threadId: id, status: "running", step: "INTAKE_ORDER", note: "", updatedAt: sql`now()` })
      .where(and(eq(orders.id, subject), inArray(orders.status, [...STARTABLE])))
      .returning({ threadId: orders.threadId });
    if (claimed.length > 0) return id;
    const [known] = await tx.select({ threadId: orders.threadId }).from(orders).where(eq(orders.id, subject));
    return known?.threadId ?? null;
  },
  async claimBatch(tx, subjects, newThreadId) {
    const free = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.status, "new"), subjects ? inArray(orders.id, [...subjects]) : undefined))
      .orderBy(asc(orders.requiredDate), asc(orders.id))
      .limit(BATCH_MAX)
      // What somebody else begins at this moment is theirs.
      .for("update", { skipLocked: true });
    const claimed = free.map(({ id }) => ({ subject: id, id: newThreadId() }));
    if (claimed.length === 0) return [];
    const ids = sql.param(claimed.map(({ subject }) => subject));
    const threads = sql.param(claimed.map(({ id }) => id));
    await tx.execute(sql`
      update ${orders} set thread_id = claimed.thread, status = 'running', step = 'INTAKE_ORDER', note = '', updated_at = now()
      from unnest(${ids}::text[], ${threads}::text[]) as claimed (order_id, thread) where id = claimed.order_id`);
    return claimed;
  },
  async failed(work, thread, message) {
    await work((tx) =>
      tx
        .update(orders)
        .set({ status: "failed", note: message, updatedAt: sql`now()` })
        .where(and(eq(orders.id, thread.subject), eq(orders.threadId, thread.id))),
    );
  },
};
