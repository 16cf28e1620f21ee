import { and, desc, eq, sql } from "drizzle-orm";
import { batches, customers, effects, graphThreads, orders } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { ofCustomer } from "../list-orders";
import type { OrderStatus } from "../order-summary";

/** One order of a batch, and what was done for it outside, by the effects that were completed. */
export interface BatchOrder {
  id: string;
  customer: string;
  status: OrderStatus;
  note: string;
  currency: string;
  unitsOrdered: number;
  unitsShipped: number;
  /** Authorized and not voided. */
  chargedMinor: number;
}

export interface BatchSummary {
  id: string;
  startedBy: string;
  startedAt: string;
  total: number;
  /** Those that are through, or wait for somebody. */
  settled: number;
  counts: Partial<Record<OrderStatus, number>>;
}

/** What came of a batch; plain values, because it goes to the browser and out as JSON. */
export interface BatchReport extends BatchSummary {
  unitsOrdered: number;
  unitsShipped: number;
  /** By currency. */
  chargedMinor: Record<string, number>;
  orders: BatchOrder[];
}

const AT_WORK: readonly OrderStatus[] = ["new", "running"];

/** The report of a batch, as far as it has come. Null for one that the tenant does not have. */
export async function getBatchReport(context: TenantContext, id: string): Promise<BatchReport | null> {
  return withTenant(context, async (tx) => {
    const [batch] = await tx
      .select()
      .from(batches)
      .where(and(eq(batches.id, id), eq(batches.agent, "orders")));
    if (!batch) return null;
    const rows = await ordersOf(tx, id);
    const chargedMinor: Record<string, number> = {};
    for (const { currency, chargedMinor: charged } of rows)
      chargedMinor[currency] = (chargedMinor[currency] ?? 0) + charged;
    const sum = (value: (order: BatchOrder) => number) => rows.reduce((total, order) => total + value(order), 0);
    return {
      ...summaryOf(batch, rows),
      unitsOrdered: sum(({ unitsOrdered }) => unitsOrdered),
      unitsShipped: sum(({ unitsShipped }) => unitsShipped),
      chargedMinor,
      orders: rows,
    };
  });
}

/** The tenant's latest batch of orders, to show how far it is. */
export async function getLatestBatch(context: TenantContext): Promise<BatchSummary | null> {
  return withTenant(context, async (tx) => {
    const [batch] = await tx
      .select()
      .from(batches)
      .where(eq(batches.agent, "orders"))
      .orderBy(desc(batches.createdAt))
      .limit(1);
    if (!batch) return null;
    const rows = await tx
      .select({ status: orders.status })
      .from(graphThreads)
      .innerJoin(orders, ofThread)
      .where(eq(graphThreads.batchId, batch.id));
    return summaryOf(batch, rows);
  });
}

// An order that was begun again later counts as it stands now.
const ofThread = and(eq(orders.tenantId, graphThreads.tenantId), eq(orders.id, graphThreads.subject));

async function ordersOf(tx: Tx, batchId: string): Promise<BatchOrder[]> {
  const ofEffect = and(eq(effects.tenantId, graphThreads.tenantId), eq(effects.threadId, graphThreads.id));
  const done = sql`${effects.state} = 'done'`;
  const units = (path: string) =>
    sql`(select coalesce(sum((item ->> 'qty')::int), 0) from jsonb_array_elements(${effects.request} -> ${sql.raw(`'${path}'`)}) item)`;
  const amount = sql`(${effects.request} ->> 'amountMinor')::int`;
  const outside = tx.$with("outside").as(
    tx
      .select({
        threadId: graphThreads.id,
        shipped:
          sql<number>`coalesce(sum(case when ${done} and ${effects.operation} = 'book' then ${units("items")} end), 0)::int`.as(
            "shipped",
          ),
        cancelled: sql<boolean>`coalesce(bool_or(${done} and ${effects.operation} = 'cancel'), false)`.as("cancelled"),
        voided: sql<boolean>`coalesce(bool_or(${done} and ${effects.operation} = 'void'), false)`.as("voided"),
        charged:
          sql<number>`coalesce(sum(case when ${done} and ${effects.operation} = 'authorize' and ${effects.result} ->> 'status' = 'authorized' then ${amount} end), 0)::int`.as(
            "charged",
          ),
      })
      .from(graphThreads)
      .leftJoin(effects, ofEffect)
      .where(eq(graphThreads.batchId, batchId))
      .groupBy(graphThreads.id),
  );
  const ordered = sql<number>`(select coalesce(sum(l.qty), 0)::int from flightdeck.order_lines l where l.tenant_id = ${orders.tenantId} and l.order_id = ${orders.id})`;
  return tx
    .with(outside)
    .select({
      id: orders.id,
      customer: customers.name,
      status: orders.status,
      note: orders.note,
      currency: orders.currency,
      unitsOrdered: ordered,
      unitsShipped: sql<number>`case when ${outside.cancelled} then 0 else ${outside.shipped} end`,
      chargedMinor: sql<number>`case when ${outside.voided} then 0 else ${outside.charged} end`,
    })
    .from(outside)
    .innerJoin(graphThreads, eq(graphThreads.id, outside.threadId))
    .innerJoin(orders, ofThread)
    .innerJoin(customers, ofCustomer)
    .orderBy(orders.id);
}

function summaryOf(batch: typeof batches.$inferSelect, rows: readonly { status: OrderStatus }[]): BatchSummary {
  const counts: BatchSummary["counts"] = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  const settled = rows.filter(({ status }) => !AT_WORK.includes(status)).length;
  const { id, startedByName: startedBy, createdAt, total } = batch;
  return { id, startedBy, startedAt: createdAt.toISOString(), total, settled, counts };
}
