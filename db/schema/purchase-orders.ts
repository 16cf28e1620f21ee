import { bigint, date, foreignKey, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";
import { reconciliationBatches } from "./reconciliation-batches";

/** A purchase order of a batch: its lines summed. */
export const purchaseOrders = flightdeck.table(
  "purchase_orders",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    poNumber: text("po_number").notNull(),
    supplier: text().notNull(),
    poDate: date("po_date", { mode: "string" }).notNull(),
    currency: text().notNull(),
    /** Null when a line of it could not be read, so that its sum is not known. */
    netMinor: bigint("net_minor", { mode: "number" }),
    lines: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.poNumber] }),
    foreignKey({
      columns: [t.tenantId, t.batchId],
      foreignColumns: [reconciliationBatches.tenantId, reconciliationBatches.id],
      name: "purchase_orders_batch",
    }).onDelete("cascade"),
    allow("purchase_orders_select", "select", appRole, inTenant(t)),
    allow("purchase_orders_runner_select", "select", runnerRole, inTenant(t)),
    allow("purchase_orders_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
