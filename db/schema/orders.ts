import { sql } from "drizzle-orm";
import { date, foreignKey, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { customers } from "./customers";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, isAdmin, runnerRole } from "./policies";

/** An order and where its fulfilment stands. The details of a fulfilment are the state of the graph on `threadId`. */
export const orders = flightdeck.table(
  "orders",
  {
    tenantId: text("tenant_id").notNull(),
    /** The number on paper: ORD-1042. */
    id: text().notNull(),
    customerId: text("customer_id").notNull(),
    orderDate: date("order_date", { mode: "string" }).notNull(),
    requiredDate: date("required_date", { mode: "string" }),
    currency: text().notNull(),
    status: text({ enum: ["new", "running", "waiting", "failed", "fulfilled", "back_ordered", "cancelled"] })
      .notNull()
      .default("new"),
    /** The step at work, or where it stopped. */
    step: text().notNull().default(""),
    /** One sentence for the queue: what it waits for, or how it ended. */
    note: text().notNull().default(""),
    totalMinor: integer("total_minor").notNull(),
    /** The graph thread of its fulfilment; null while nobody has begun it. */
    threadId: text("thread_id"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
      name: "orders_customer",
    }).onDelete("cascade"),
    // The queue: what needs somebody first, then what was asked for earliest.
    index("orders_queue").on(t.tenantId, t.status, t.requiredDate, t.id),
    index("orders_thread").on(t.tenantId, t.threadId),
    allow("orders_select", "select", appRole, inTenant(t)),
    allow("orders_insert", "insert", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("orders_runner_select", "select", runnerRole, inTenant(t)),
    allow("orders_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
