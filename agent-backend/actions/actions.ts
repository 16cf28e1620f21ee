// Actions that a chat takes as tools: a look at a third party's system through the ports, or a decision that somebody makes in words. What
// fails is a result with a status, because people and models read it, and not an exception.
import { z } from "zod";
import { cancelOrderInputSchema, fulfilOrdersInputSchema, markInvoiceInputSchema } from "@/contract/backend-actions";
import type { RunTokenClaims } from "@/contract/run-token";
import type { Executor } from "../execution/executor";
import { OutsideFailure } from "../systems/outside-failure";
import { cancelOrder } from "./cancel-order";
import { fulfilOrders } from "./fulfil-orders";
import { markInvoiceReconciled } from "./mark-invoice-reconciled";

/** Who acts, from a verified token, and through what. */
export interface Actor {
  executor: Executor;
  claims: RunTokenClaims;
}

const RESULTS_MAX = 20;

const actions = {
  search_products: {
    input: z.object({
      query: z.string().trim().min(1).max(200),
      limit: z.number().int().min(1).max(RESULTS_MAX).default(8),
    }),
    run: async ({ executor, claims }: Actor, { query, limit }: { query: string; limit: number }) => ({
      products: await executor.systems(claims.tenant).catalog.search(query, limit),
    }),
  },
  get_shipment_status: {
    input: z.object({ reference: z.string().trim().min(1).max(100) }),
    run: async ({ executor, claims }: Actor, { reference }: { reference: string }) => ({
      shipment: await executor.systems(claims.tenant).carrier.status(reference),
    }),
  },
  fulfil_orders: { input: fulfilOrdersInputSchema, run: fulfilOrders },
  cancel_order: { input: cancelOrderInputSchema, run: cancelOrder },
  mark_invoice_reconciled: { input: markInvoiceInputSchema, run: markInvoiceReconciled },
};

export type ActionName = keyof typeof actions;
export const actionNames: readonly string[] = Object.keys(actions);
/** `status` is `ok`, or why it did not come to anything: `timeout` and `outage` of a system outside, or `refused`. */
export type ActionResult = { status: string } & Record<string, unknown>;

export function isAction(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}

/** Runs it, or says what is wrong with the input. */
export async function runAction(
  actor: Actor,
  name: ActionName,
  given: unknown,
): Promise<{ ok: true; result: ActionResult } | { ok: false; problem: string }> {
  const input = actions[name].input.safeParse(given);
  if (!input.success) return { ok: false, problem: input.error.issues[0]?.message ?? "This is not valid." };
  const run = actions[name].run as (actor: Actor, input: unknown) => Promise<object>;
  try {
    return { ok: true, result: { status: "ok", ...(await run(actor, input.data)) } };
  } catch (error) {
    if (error instanceof OutsideFailure) return { ok: true, result: { status: error.kind, message: error.message } };
    throw error;
  }
}
