// What people ask for in words about orders. Patterns, not a model: a route is never decided by one, and this works with no key.
import { desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { asSentence } from "@/contract/as-sentence";
import { cancelledOrderSchema, fulfilledOrdersSchema } from "@/contract/backend-actions";
import { orders } from "@/db/schema";
import type { ActionResult } from "../../actions/actions";
import type { Intent } from "../../execution/agent-definition";
import type { TenantWork } from "../../tenant-work";
import { findOrderIn, findOrders } from "./find-orders";
import { understandLookup } from "./lookups";
import { type OrderAct, readOrderMessage } from "./read-message";

const propertiesSchema = z.object({ orderId: z.string().min(1).max(64) });
const WANTS_STUCK =
  /\b(stuck|waiting|waits|blocked|open|attention|pending|held up|on hold|needs?|decide|decisions?|approv\w+|problems?|issues?|to do|(which|what|any|all|declined|failed) orders?)\b/i;
const WANTS_REASON = /\b(why|declined|failed|fail|reason|wrong|happened)\b/i;
const LISTED_MAX = 10;

type Order = typeof orders.$inferSelect;

/** How each is said, for those who ask about it or do not say it clearly enough. */
const HOW: Record<OrderAct, string> = {
  fulfil:
    "Say “fulfil” and an order's number, as in “fulfil ORD-1042”. The order goes on by itself and asks where a decision is somebody's.",
  cancel:
    "Say “cancel” and an order's number, as in “cancel ORD-1042”. What was done for the order is undone: its shipment, its payment, its reserved stock.",
};

/** Reads what is wanted: to fulfil an order (by `properties.orderId`, or in words), to cancel one, or to be told something. */
export async function understandOrders(work: TenantWork, message: string, properties: unknown): Promise<Intent> {
  const asked = propertiesSchema.safeParse(properties);
  if (asked.success) return { kind: "start", subject: asked.data.orderId };
  const { command, names, speaksOf } = readOrderMessage(message);
  if (command) return names.length > 0 ? commandOf(work, command, names) : say(HOW[command]);
  const named = await findOrderIn(work, message);
  const lookup = speaksOf.includes("cancel") ? null : await understandLookup(work, message, named);
  return lookup ?? say(await answer(work, message, named, speaksOf));
}

/** What is surely to be done, once it is sure with which orders. */
async function commandOf(work: TenantWork, command: OrderAct, names: string[]): Promise<Intent> {
  const found = await findOrders(work, names);
  const nothing = names.length > 1 ? " Nothing was changed." : "";
  for (const [name, ids] of found) {
    if (ids.length === 0) return say(`There is no order ${name}.${nothing}`);
    if (ids.length > 1) return say(`${name} may be ${ids.join(" or ")}. Say the whole number.${nothing}`);
  }
  const ids = [...new Set([...found.values()].flat())];
  const [first = "", ...others] = ids;
  if (command === "fulfil") {
    if (others.length === 0) return { kind: "start", subject: first };
    return { kind: "act", action: "fulfil_orders", input: { orderIds: ids }, tell: (result) => tellBegun(ids, result) };
  }
  if (others.length > 0)
    return say(`Orders are cancelled one at a time from here: say “cancel ${first}”, then the next.`);
  return { kind: "act", action: "cancel_order", input: { orderId: first }, tell: tellCancelled };
}

function tellBegun(ids: string[], result: ActionResult): string {
  const { begun } = fulfilledOrdersSchema.parse(result);
  const named = ids.map((id) => `**${id}**`).join(", ");
  if (begun === ids.length) return `${named} are begun. Those that need a decision come first in the queue.`;
  return `${begun} of ${named} ${begun === 1 ? "is" : "are"} begun. The others are not new: say “fulfil” and one number to begin one again.`;
}

function tellCancelled(result: ActionResult): string {
  const { orderId, outcome } = cancelledOrderSchema.parse(result);
  if (outcome === "cancelled") return `**${orderId}** is cancelled. What was done for it is undone.`;
  if (outcome === "too_late") return `**${orderId}** was fulfilled before it could be cancelled.`;
  return `**${orderId}** is being cancelled. That takes a little longer; the page shows it when it is done.`;
}

/** Where an order stands, in one or two sentences. */
export async function reportInWords(work: TenantWork, orderId: string): Promise<string> {
  const order = await findOrder(work, orderId);
  return order ? describe(order) : `There is no order ${orderId}.`;
}

async function answer(
  work: TenantWork,
  message: string,
  number: string | undefined,
  speaksOf: OrderAct[],
): Promise<string> {
  if (number) {
    const order = await findOrder(work, number);
    return order ? `${describe(order)}${canBeDone(order, speaksOf)}` : `There is no order ${number}.`;
  }
  if (WANTS_REASON.test(message) && !WANTS_STUCK.test(message)) {
    const [order] = await listOrders(work, ["failed", "waiting", "cancelled"], 1);
    return order ? describe(order) : "No order has failed or was declined.";
  }
  if (WANTS_STUCK.test(message)) {
    const stuck = await listOrders(work, ["waiting", "failed"], LISTED_MAX);
    if (stuck.length === 0) return "Nothing is stuck: no order waits for a decision and none has failed.";
    return `${stuck.length === 1 ? "One order needs" : `${stuck.length} orders need`} somebody:\n${stuck.map((order) => `- ${describe(order)}`).join("\n")}`;
  }
  if (speaksOf.length > 0) return speaksOf.map((act) => HOW[act]).join(" ");
  return "I fulfil orders and tell where they stand. Say “fulfil” or “cancel” and an order's number, ask “what is stuck?”, why one was declined, where a shipment is, or search for products.";
}

/** How to have done what a message speaks of, without saying it clearly; nothing where it cannot be done. */
function canBeDone({ id, status }: Order, speaksOf: OrderAct[]): string {
  const begins = ["new", "cancelled", "back_ordered"].includes(status);
  const ends = ["running", "waiting", "failed"].includes(status);
  const ways = [
    ...(begins && speaksOf.includes("fulfil") ? [`To begin it, say “fulfil ${id}”.`] : []),
    ...(ends && speaksOf.includes("cancel") ? [`To cancel it and undo what was done, say “cancel ${id}”.`] : []),
  ];
  return ways.length > 0 ? ` ${ways.join(" ")}` : "";
}

function describe({ id, status, note, step }: Order): string {
  switch (status) {
    case "new":
      return `**${id}** has not been started.`;
    case "running":
      return `**${id}** is being worked on (${step}).`;
    case "waiting":
      return `**${id}** waits for a decision. ${asSentence(note, id)}`;
    case "failed":
      return `**${id}** stopped at ${step}. ${note}`;
    case "cancelled":
      return `**${id}** was cancelled. ${note}`;
    case "back_ordered":
      return `**${id}** is back-ordered. ${note}`;
    case "fulfilled":
      return `**${id}** is fulfilled. ${note}`;
  }
}

async function findOrder(work: TenantWork, id: string): Promise<Order | null> {
  const [order] = await work((tx) => tx.select().from(orders).where(eq(orders.id, id)).limit(1));
  return order ?? null;
}

async function listOrders(work: TenantWork, statuses: Order["status"][], limit: number): Promise<Order[]> {
  return work((tx) =>
    tx.select().from(orders).where(inArray(orders.status, statuses)).orderBy(desc(orders.updatedAt)).limit(limit),
  );
}

const say = (text: string): Intent => ({ kind: "say", text });
