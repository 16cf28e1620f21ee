import { and, eq } from "drizzle-orm";
import { ORDER_STEPS, type OrderState } from "@/contract/orders";
import { effects } from "@/db/schema";
import type { OrderWorld } from "./order-world";
import type { OrderUpdate } from "./state";
import { skipped } from "./steps";

/** The effect that a node is about to make, and how to ask the system outside whether it was made. */
interface OwnEffect {
  key: string;
  find(key: string): Promise<unknown>;
}

/**
 * The update that turns the order round, when somebody has asked to cancel it. Null when nobody has, and also when the node's own
 * effect was made by an attempt that died: then the node finishes first, because what was done must be in the state to be undone.
 */
export async function turnRound(world: OrderWorld, state: OrderState, own?: OwnEffect): Promise<OrderUpdate | null> {
  const by = await world.cancelRequest(state.threadId);
  if (by === null || (own && (await wasMade(world, own)))) return null;
  return cancelledBy(state, by, "");
}

export function cancelledBy(state: OrderState, by: string, reason: string): OrderUpdate {
  return { cancelled: { by, reason }, question: null, steps: skipped(state, ORDER_STEPS, "The order was cancelled.") };
}

async function wasMade(world: OrderWorld, { key, find }: OwnEffect): Promise<boolean> {
  const [effect] = await world.work((tx) =>
    tx
      .select({ state: effects.state })
      .from(effects)
      .where(and(eq(effects.tenantId, world.tenantId), eq(effects.key, key))),
  );
  if (!effect) return false;
  return effect.state === "done" || (await find(key)) !== null;
}
