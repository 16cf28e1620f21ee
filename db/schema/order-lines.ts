import { sql } from "drizzle-orm";
import { check, foreignKey, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { orders } from "./orders";
import { allow, appRole, flightdeck, inTenant, isAdmin, runnerRole } from "./policies";
import { products } from "./products";

/** What was ordered, as it came in. What a person changed on the way is in the fulfilment's state, not here. */
export const orderLines = flightdeck.table(
  "order_lines",
  {
    tenantId: text("tenant_id").notNull(),
    orderId: text("order_id").notNull(),
    lineNo: integer("line_no").notNull(),
    sku: text().notNull(),
    qty: integer().notNull(),
    unitPriceMinor: integer("unit_price_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.orderId, t.lineNo] }),
    check("order_lines_qty_positive", sql`${t.qty} > 0`),
    foreignKey({
      columns: [t.tenantId, t.orderId],
      foreignColumns: [orders.tenantId, orders.id],
      name: "order_lines_order",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.tenantId, t.sku],
      foreignColumns: [products.tenantId, products.sku],
      name: "order_lines_product",
    }),
    allow("order_lines_select", "select", appRole, inTenant(t)),
    allow("order_lines_insert", "insert", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("order_lines_runner_select", "select", runnerRole, inTenant(t)),
  ],
);
