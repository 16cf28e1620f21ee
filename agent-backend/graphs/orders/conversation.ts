// What people ask for in words about orders. Patterns, not a model: a route is never decided by one, and this works with no key.
import { desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { orders } from "@/db/schema";
import type { Intent } from "../../execution/agent-definition";
import type { TenantWork } from "../../tenant-work";
import { asksTo } from "../asks-to";
import { understandLookup } from "./lookups";

const propertiesSchema = z.object({ orderId: z.string().min(1).max(64) });
/** What surely is meant as an order's number, also where there is no such order. */
const ORDER_NUMBER = /\b([A-Z][A-Z\d]{1,4}-\d[\w-]*)\b/i;
/** What may be one: imported orders have the numbers of the system they come from, `10248` as well as `SO/2026-7`. */
const MAYBE_A_NUMBER = /[\w#][\w#./-]*\w|\d/g;
const MAYBE_MAX = 20;
const wantsStart = asksTo("fulfil+|process|start|ship|handle|execute");
const WANTS_STUCK = /\b(stuck|waiting|waits|blocked|open|attention|pending|held up)\b/i;
const WANTS_REASON = /\b(why|declined|failed|fail|reason|wrong|happened)\b/i;
const LISTED_MAX = 10;

type Order = typeof orders.$inferSelect;

/** Reads what is wanted: to fulfil an order (by `properties.orderId`, or in words), or to be told something. */
export async function understandOrders(work: TenantWork, message: string, properties: unknown): Promise<Intent> {
  const asked = propertiesSchema.safeParse(properties);
  if (asked.success) return { kind: "start", subject: asked.data.orderId };
  const number = await findNumber(work, message);
  if (number && wantsStart(message)) {
    const order = await findOrder(work, number);
    return order ? { kind: "start", subject: order.id } : { kind: "say", text: `There is no order ${number}.` };
  }
  return (await understandLookup(work, message, number)) ?? { kind: "say", text: await answer(work, message, number) };
}

/** Where an order stands, in one or two sentences. */
export async function reportInWords(work: TenantWork, orderId: string): Promise<string> {
  const order = await findOrder(work, orderId.toUpperCase());
  return order ? describe(order) : `There is no order ${orderId}.`;
}

async function answer(work: TenantWork, message: string, number: string | undefined): Promise<string> {
  if (number) {
    const order = await findOrder(work, number);
    return order ? describe(order) : `There is no order ${number}.`;
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
  return "I fulfil orders and tell where they stand. Say “fulfil” and an order number, ask “what is stuck?”, why one was declined, where a shipment is, or search for products.";
}

function describe({ id, status, note, step }: Order): string {
  switch (status) {
    case "new":
      return `**${id}** has not been started.`;
    case "running":
      return `**${id}** is being worked on (${step}).`;
    case "waiting":
      return `**${id}** waits for a decision. ${note.replace(`${id}: `, "")}`;
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

/** The order's number in a message: of an order that exists, or else one that cannot be anything else. */
async function findNumber(work: TenantWork, message: string): Promise<string | undefined> {
  const words = (message.match(MAYBE_A_NUMBER) ?? []).filter((word) => /\d/.test(word));
  const maybe = words.slice(0, MAYBE_MAX).map((word) => word.toUpperCase());
  const known = maybe.length === 0 ? [] : await knownOf(work, maybe);
  return maybe.find((word) => known.includes(word)) ?? ORDER_NUMBER.exec(message)?.[1]?.toUpperCase();
}

async function knownOf(work: TenantWork, numbers: string[]): Promise<string[]> {
  const upper = sql<string>`upper(${orders.id})`;
  const rows = await work((tx) => tx.select({ id: upper }).from(orders).where(inArray(upper, numbers)));
  return rows.map(({ id }) => id);
}

async function findOrder(work: TenantWork, id: string): Promise<Order | null> {
  const [order] = await work((tx) =>
    tx
      .select()
      .from(orders)
      .where(eq(sql`upper(${orders.id})`, id))
      .limit(1),
  );
  return order ?? null;
}

async function listOrders(work: TenantWork, statuses: Order["status"][], limit: number): Promise<Order[]> {
  return work((tx) =>
    tx.select().from(orders).where(inArray(orders.status, statuses)).orderBy(desc(orders.updatedAt)).limit(limit),
  );
}
