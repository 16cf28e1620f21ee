import { bigint, date, foreignKey, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, instant, inTenant, runnerRole } from "./policies";
import { reconciliationBatches } from "./reconciliation-batches";

/** A supplier's invoice as the file has it, and whether somebody has approved that it is settled. Numbers repeat; the row is the key. */
export const invoices = flightdeck.table(
  "invoices",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    row: integer().notNull(),
    invoiceNumber: text("invoice_number").notNull(),
    supplier: text().notNull(),
    invoiceDate: date("invoice_date", { mode: "string" }).notNull(),
    dueDate: date("due_date", { mode: "string" }),
    /** As written on the invoice; empty when it names none. */
    poNumber: text("po_number").notNull(),
    currency: text().notNull(),
    totalMinor: bigint("total_minor", { mode: "number" }).notNull(),
    taxMinor: bigint("tax_minor", { mode: "number" }).notNull(),
    reconciledAt: instant("reconciled_at"),
    /** Who approved it: an address. */
    reconciledBy: text("reconciled_by"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.row] }),
    foreignKey({
      columns: [t.tenantId, t.batchId],
      foreignColumns: [reconciliationBatches.tenantId, reconciliationBatches.id],
      name: "invoices_batch",
    }).onDelete("cascade"),
    // "Why is INV-104 unpaid?" asks by number.
    index("invoices_number").on(t.tenantId, t.invoiceNumber),
    allow("invoices_select", "select", appRole, inTenant(t)),
    allow("invoices_runner_select", "select", runnerRole, inTenant(t)),
    allow("invoices_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("invoices_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
