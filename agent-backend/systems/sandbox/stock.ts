import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { products, sandboxLedger } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import type { TenantWork } from "../../tenant-work";
import type { Reservation, StockLine, StockPort } from "../stock";
import { bookOnce, findBooking } from "./ledger";

const SYSTEM = "stock";

/** The tenant's own products table as the warehouse. Reserving takes from `units_in_stock`, which the database keeps above zero. */
export function sandboxStock(work: TenantWork, tenantId: string): StockPort {
  return {
    levels: (skus) =>
      work((tx) =>
        tx
          .select({
            sku: products.sku,
            name: products.name,
            available: products.unitsInStock,
            unitPriceMinor: products.unitPriceMinor,
            discontinued: products.discontinued,
          })
          .from(products)
          .where(inArray(products.sku, [...skus])),
      ),
    async reserve(key, orderId, lines) {
      try {
        return await bookOnce(
          work,
          tenantId,
          { system: SYSTEM, operation: "reserve", key, request: { orderId, lines: [...lines] } },
          async (tx, reference): Promise<Reservation> => {
            await takeAll(tx, lines);
            return { status: "reserved", reference };
          },
        );
      } catch (error) {
        // The transaction was rolled back: nothing is reserved and nothing is booked, so the key stays free for a later attempt.
        if (error instanceof Short) return { status: "short", missing: error.missing };
        throw error;
      }
    },
    release: (key, reservationKey) =>
      bookOnce(
        work,
        tenantId,
        { system: SYSTEM, operation: "release", key, request: { reservationKey } },
        async (tx, reference) => {
          const [row] = await tx
            .select({ request: sandboxLedger.request })
            .from(sandboxLedger)
            .where(and(eq(sandboxLedger.system, SYSTEM), eq(sandboxLedger.idempotencyKey, reservationKey)));
          for (const { sku, qty } of inOrder((row?.request.lines ?? []) as StockLine[])) {
            await tx
              .update(products)
              .set({ unitsInStock: sql`${products.unitsInStock} + ${qty}`, updatedAt: sql`now()` })
              .where(eq(products.sku, sku));
          }
          return { reference };
        },
      ),
    findReservation: (key) => work((tx) => findBooking<Reservation>(tx, SYSTEM, key)),
  };
}

class Short extends Error {
  constructor(readonly missing: string[]) {
    super("not enough in stock");
  }
}

async function takeAll(tx: Tx, lines: readonly StockLine[]): Promise<void> {
  const missing: string[] = [];
  for (const { sku, qty } of inOrder(lines)) {
    const taken = await tx
      .update(products)
      .set({ unitsInStock: sql`${products.unitsInStock} - ${qty}`, updatedAt: sql`now()` })
      .where(and(eq(products.sku, sku), gte(products.unitsInStock, qty)))
      .returning({ sku: products.sku });
    if (taken.length === 0) missing.push(sku);
  }
  if (missing.length > 0) throw new Short(missing);
}

/** One line a product, always in the same order: two orders for the same goods cannot wait for each other. */
function inOrder(lines: readonly StockLine[]): StockLine[] {
  const bySku = new Map<string, number>();
  for (const { sku, qty } of lines) bySku.set(sku, (bySku.get(sku) ?? 0) + qty);
  return [...bySku].map(([sku, qty]) => ({ sku, qty })).sort((a, b) => (a.sku < b.sku ? -1 : 1));
}
