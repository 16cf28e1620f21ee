import { and, asc, eq, sql } from "drizzle-orm";
import { customers, orders } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import type { OrderSummary } from "./order-summary";

export const summaryColumns = {
  id: orders.id,
  customer: customers.name,
  status: orders.status,
  step: orders.step,
  note: orders.note,
  totalMinor: orders.totalMinor,
  currency: orders.currency,
  requiredDate: orders.requiredDate,
  updatedAt: orders.updatedAt,
  threadId: orders.threadId,
};

export const ofCustomer = and(eq(customers.tenantId, orders.tenantId), eq(customers.id, orders.customerId));

/** What needs somebody comes first, then what is at work, what is new, and last what is done; within each by required date. */
const urgency = sql`case ${orders.status} when 'failed' then 0 when 'waiting' then 1 when 'running' then 2 when 'new' then 3 else 4 end`;

/** The tenant's orders as the queue shows them, at most `limit`. */
export async function listOrders(context: TenantContext, limit: number): Promise<OrderSummary[]> {
  const rows = await withTenant(context, (tx) =>
    tx
      .select(summaryColumns)
      .from(orders)
      .innerJoin(customers, ofCustomer)
      .orderBy(urgency, asc(orders.requiredDate), asc(orders.id))
      .limit(limit),
  );
  return rows.map(toSummary);
}

export function toSummary(row: Omit<OrderSummary, "updatedAt"> & { updatedAt: Date }): OrderSummary {
  return { ...row, updatedAt: row.updatedAt.toISOString() };
}

/** How many orders there are of each status. */
export async function countOrders(context: TenantContext): Promise<Record<string, number>> {
  const rows = await withTenant(context, (tx) =>
    tx.select({ status: orders.status, count: sql<number>`count(*)::int` }).from(orders).groupBy(orders.status),
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
