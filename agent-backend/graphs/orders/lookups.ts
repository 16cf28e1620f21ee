// Questions about orders whose answer is in somebody else's system: the catalogue's, the carrier's. Patterns, like in conversation.ts.
import { and, desc, eq } from "drizzle-orm";
import { searchProductsResultSchema, shipmentStatusResultSchema } from "@/contract/backend-actions";
import { effects, graphThreads } from "@/db/schema";
import type { ActionResult } from "../../actions/actions";
import type { Intent } from "../../execution/agent-definition";
import type { TenantWork } from "../../tenant-work";

const WANTS_PRODUCTS =
  /\b(search|find|look|show|list|which|what|any|sell|have)\b.*\b(products?|articles?|items?|catalog(ue)?)\b|\b(products?|articles?|catalog(ue)?)\b.*\b(for|like|named|called|with)\b/i;
const NOT_PART_OF_A_QUERY =
  /\b(search|find|look(ing)?|up|for|show|me|list|which|what|any|products?|articles?|items?|catalog(ue)?|the|an?|in|from|our|your|do|does|you|we|sell|have|are|is|there|like|named|called|with|of|please|all|that)\b/gi;
const WANTS_SHIPMENT = /\b(where|track(ing)?|shipments?|parcel|package|deliver(y|ed)?|arrive[ds]?)\b/i;

/** The look-up that is asked for, or null. `orderId` is the order that is named. */
export async function understandLookup(
  work: TenantWork,
  message: string,
  orderId: string | undefined,
): Promise<Intent | null> {
  if (orderId && WANTS_SHIPMENT.test(message)) {
    const reference = await shipmentOf(work, orderId);
    // Not shipped: the order's own state is the answer.
    if (reference === null) return null;
    return {
      kind: "act",
      action: "get_shipment_status",
      input: { reference },
      tell: (result) => tellShipment(orderId, result),
    };
  }
  if (!WANTS_PRODUCTS.test(message)) return null;
  const query = message
    .replace(NOT_PART_OF_A_QUERY, " ")
    .replace(/[?!.,:;"“”]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (query === "")
    return { kind: "say", text: "Which product? Say a part of its name, or the beginning of its number." };
  return {
    kind: "act",
    action: "search_products",
    input: { query: query.slice(0, 200) },
    tell: (result) => tellProducts(query, result),
  };
}

/** The carrier's reference of the order's latest shipment. */
async function shipmentOf(work: TenantWork, orderId: string): Promise<string | null> {
  const [effect] = await work((tx) =>
    tx
      .select({ result: effects.result })
      .from(effects)
      .innerJoin(graphThreads, and(eq(graphThreads.tenantId, effects.tenantId), eq(graphThreads.id, effects.threadId)))
      .where(
        and(
          eq(graphThreads.subject, orderId),
          eq(effects.system, "carrier"),
          eq(effects.operation, "book"),
          eq(effects.state, "done"),
        ),
      )
      .orderBy(desc(effects.createdAt))
      .limit(1),
  );
  const reference = effect?.result?.reference;
  return typeof reference === "string" ? reference : null;
}

function tellProducts(query: string, result: ActionResult): string {
  const found = searchProductsResultSchema.parse(result);
  const products = found.status === "ok" ? found.products : [];
  if (products.length === 0) return `The catalogue has nothing for “${query}”.`;
  const there = products.filter(({ available }) => available > 0).length;
  const count = products.length === 1 ? "One product fits" : `${products.length} products fit`;
  return `${count} “${query}”, ${there === products.length ? "all of them in stock" : `${there} of them in stock`}.`;
}

function tellShipment(orderId: string, result: ActionResult): string {
  const found = shipmentStatusResultSchema.parse(result);
  if (found.status !== "ok" || !found.shipment) return `The carrier does not know the shipment of **${orderId}**.`;
  return `The shipment of **${orderId}** is ${found.shipment.status.replace("_", " ")}. ${found.shipment.text}`;
}
