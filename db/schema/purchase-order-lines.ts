import { date, foreignKey, index, integer, numeric, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";
import { purchaseOrders } from "./purchase-orders";

/** A line of a purchase order as the file has it. Quantity and price are exact decimals: only the order's sum is rounded to minor units. */
export const purchaseOrderLines = flightdeck.table(
  "purchase_order_lines",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    row: integer().notNull(),
    poNumber: text("po_number").notNull(),
    supplier: text().notNull(),
    poDate: date("po_date", { mode: "string" }).notNull(),
    currency: text().notNull(),
    lineNo: text("line_no").notNull(),
    sku: text().notNull(),
    description: text().notNull(),
    qty: numeric().notNull(),
    unitPrice: numeric("unit_price").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.row] }),
    foreignKey({
      columns: [t.tenantId, t.batchId, t.poNumber],
      foreignColumns: [purchaseOrders.tenantId, purchaseOrders.batchId, purchaseOrders.poNumber],
      name: "purchase_order_lines_order",
    }).onDelete("cascade"),
    index("purchase_order_lines_order_rows").on(t.tenantId, t.batchId, t.poNumber, t.row),
    allow("purchase_order_lines_select", "select", appRole, inTenant(t)),
    allow("purchase_order_lines_runner_select", "select", runnerRole, inTenant(t)),
    allow("purchase_order_lines_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
