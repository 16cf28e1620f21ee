import { and, asc, eq } from "drizzle-orm";
import { customers, orderLines, orders, products } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { ofCustomer, summaryColumns, toSummary } from "./list-orders";
import type { OrderSummary } from "./order-summary";

/** An order with its customer and what was ordered. */
export interface OrderDetails extends OrderSummary {
  orderDate: string;
  email: string;
  address: string;
  paymentMethods: string[];
  lines: { lineNo: number; sku: string; name: string; qty: number; unitPriceMinor: number; available: number }[];
}

/** The order, or null for a number that the tenant does not have. */
export async function getOrder(context: TenantContext, id: string): Promise<OrderDetails | null> {
  return withTenant(context, async (tx) => {
    const [row] = await tx
      .select({
        ...summaryColumns,
        orderDate: orders.orderDate,
        email: customers.email,
        address: customers.address,
        paymentMethods: customers.paymentMethods,
      })
      .from(orders)
      .innerJoin(customers, ofCustomer)
      .where(eq(orders.id, id));
    if (!row) return null;
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
      .where(eq(orderLines.orderId, id))
      .orderBy(asc(orderLines.lineNo));
    return { ...row, ...toSummary(row), lines };
  });
}
