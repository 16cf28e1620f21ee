import { type BaseEvent, EventType } from "@ag-ui/core";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { and, eq, sql } from "drizzle-orm";
import type { OrderState, OrderStepId, StepEntry } from "@/contract/orders";
import { newId } from "@/db/ids";
import { orders } from "@/db/schema";
import { type Approval, ask, type Question, rulesOf } from "../../approvals/approvals";
import { type OutsideCall, once } from "../../effects/once";
import type { Systems } from "../../systems/systems";
import type { TenantWork } from "../../tenant-work";

/** What the nodes of one tenant's orders can reach: its rows, the systems outside, and who wants the order stopped. */
export interface OrderWorld {
  tenantId: string;
  work: TenantWork;
  systems: Systems;
  /** Who asked to cancel what runs on this thread, or null. */
  cancelRequest(threadId: string): Promise<string | null>;
}

/** The idempotency key of a step's effect: the same for every attempt at it, another each time the step comes round. */
export function effectKey(state: OrderState, step: string, loop: number): string {
  return `${state.threadId}:${step}:${loop}`;
}

export interface StepCall<T> extends OutsideCall<T> {
  step: OrderStepId;
  key: string;
  system: string;
  operation: string;
  request: Record<string, unknown>;
  amountMinor?: number;
  /** The answer in words, for the step's detail. */
  describe(result: T): { outcome: StepEntry["outcome"]; reference: string; text: string };
}

/** Calls a system outside once, shows the call in the stream as a tool call, and gives the entry for the step's detail. */
export async function callOnce<T extends Record<string, unknown>>(
  world: OrderWorld,
  state: OrderState,
  config: LangGraphRunnableConfig,
  call: StepCall<T>,
): Promise<{ result: T; entry: StepEntry }> {
  const { key, step, system, operation, request } = call;
  const toolCallId = `call_${crypto.randomUUID()}`;
  stream(config, [
    { type: EventType.TOOL_CALL_START, toolCallId, toolCallName: `${system}.${operation}` },
    { type: EventType.TOOL_CALL_ARGS, toolCallId, delta: JSON.stringify(request) },
    { type: EventType.TOOL_CALL_END, toolCallId },
  ]);
  const effect = { tenantId: world.tenantId, threadId: state.threadId, key, step, system, operation, request };
  const { result } = await once(world.work, effect, call);
  stream(config, [
    {
      type: EventType.TOOL_CALL_RESULT,
      toolCallId,
      messageId: newId("msg"),
      role: "tool",
      content: JSON.stringify(result),
    },
  ]);
  const { outcome, reference, text } = call.describe(result);
  const at = new Date().toISOString();
  return {
    result,
    entry: { system, operation, key, outcome, reference, text, amountMinor: call.amountMinor ?? 0, at },
  };
}

function stream(config: LangGraphRunnableConfig, agui: object[]): void {
  config.writer?.({ agui: agui as BaseEvent[] });
}

/** Says in the queue where the order stands. */
export async function reportOrder(
  world: OrderWorld,
  orderId: string,
  set: { status: (typeof orders.$inferSelect)["status"]; step: string; note: string },
): Promise<void> {
  await world.work((tx) =>
    tx
      .update(orders)
      .set({ ...set, updatedAt: sql`now()` })
      .where(eq(orders.id, orderId)),
  );
}

type AskAbout = Pick<Question, "reason" | "title" | "message" | "proposal"> & { step: OrderStepId; key: string };

/** Asks people, and has the order wait in the queue, in one transaction. */
export async function askPeople(world: OrderWorld, state: OrderState, about: AskAbout): Promise<Approval> {
  const { step, ...question } = about;
  return world.work(async (tx) => {
    const approval = await ask(tx, {
      ...question,
      tenantId: world.tenantId,
      threadId: state.threadId,
      agent: "orders",
      subject: state.orderId,
      amountMinor: state.totalMinor,
      currency: state.currency,
      requestedBy: state.requestedBy,
      ...rulesOf(state.policy, state.totalMinor),
    });
    await tx
      .update(orders)
      .set({ status: "waiting", step, note: question.message, updatedAt: sql`now()` })
      .where(and(eq(orders.id, state.orderId), eq(orders.threadId, state.threadId)));
    return approval;
  });
}
