import { and, asc, eq } from "drizzle-orm";
import type { OrderPolicy } from "@/contract/orders";
import { readSettings } from "@/contract/settings";
import { customers, orderLines, orders, products, tenants } from "@/db/schema";
import type { TenantWork } from "../../tenant-work";

export interface LoadedOrder {
  currency: string;
  customer: { id: string; name: string; email: string; address: string; paymentMethods: string[] };
  lines: { lineNo: number; sku: string; name: string; qty: number; unitPriceMinor: number; available: number }[];
}

/** The order as it came in, with its customer and its lines. Null for a number that the tenant does not have. */
export async function loadOrder(work: TenantWork, orderId: string): Promise<LoadedOrder | null> {
  return work(async (tx) => {
    const [order] = await tx
      .select({
        currency: orders.currency,
        id: customers.id,
        name: customers.name,
        email: customers.email,
        address: customers.address,
        paymentMethods: customers.paymentMethods,
      })
      .from(orders)
      .innerJoin(customers, and(eq(customers.tenantId, orders.tenantId), eq(customers.id, orders.customerId)))
      .where(eq(orders.id, orderId));
    if (!order) return null;
    const lines = await tx
      .select({
        lineNo: orderLines.lineNo,
        sku: orderLines.sku,
        name: products.name,
        qty: orderLines.qty,
        unitPriceMinor: orderLines.unitPriceMinor,
        available: products.unitsInStock,
      })
      .from(orderLines)
      .innerJoin(products, and(eq(products.tenantId, orderLines.tenantId), eq(products.sku, orderLines.sku)))
      .where(eq(orderLines.orderId, orderId))
      .orderBy(asc(orderLines.lineNo));
    const { currency, ...customer } = order;
    return { currency, customer, lines };
  });
}

/** What the tenant's admins decided about orders; the contract's defaults for what they did not, or wrote wrongly. */
export async function loadOrderPolicy(work: TenantWork, tenantId: string): Promise<OrderPolicy> {
  const [tenant] = await work((tx) =>
    tx.select({ settings: tenants.settings }).from(tenants).where(eq(tenants.id, tenantId)),
  );
  return readSettings(tenant?.settings).orderPolicy;
}
