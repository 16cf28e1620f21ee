import { foreignKey, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";
import { reconciliationBatches } from "./reconciliation-batches";

/** A row of a batch's files that could not be read. It is kept and shown, because nothing that came in may get lost. */
export const refusedRows = flightdeck.table(
  "refused_rows",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    no: integer().notNull(),
    file: text({ enum: ["purchase_orders", "invoices", "bank_transactions"] }).notNull(),
    row: integer().notNull(),
    /** Null when the row as a whole is at fault. */
    column: text(),
    value: text().notNull(),
    reason: text().notNull(),
    /** The order that a refused line belongs to: its sum is then not known. */
    poNumber: text("po_number"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.no] }),
    foreignKey({
      columns: [t.tenantId, t.batchId],
      foreignColumns: [reconciliationBatches.tenantId, reconciliationBatches.id],
      name: "refused_rows_batch",
    }).onDelete("cascade"),
    allow("refused_rows_select", "select", appRole, inTenant(t)),
    allow("refused_rows_runner_select", "select", runnerRole, inTenant(t)),
    allow("refused_rows_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
