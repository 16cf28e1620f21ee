import { boolean, doublePrecision, foreignKey, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { invoices } from "./invoices";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";

/** What reconciliation, or a person after it, says of an invoice. Its payments are in invoice_payments. */
export const invoiceResults = flightdeck.table(
  "invoice_results",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    row: integer().notNull(),
    status: text().notNull(),
    /** The order as the orders file has its number; null without one. */
    poNumber: text("po_number"),
    /** From 0 to 1. */
    confidence: doublePrecision().notNull(),
    /** What speaks for the status, the deciding reason first. */
    reasons: text().array().notNull(),
    /** Sure enough to be marked as reconciled without anybody looking at it alone. */
    proposed: boolean().notNull(),
    /** Who made this match by hand; null for the engine's. */
    editedBy: text("edited_by"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.row] }),
    foreignKey({
      columns: [t.tenantId, t.batchId, t.row],
      foreignColumns: [invoices.tenantId, invoices.batchId, invoices.row],
      name: "invoice_results_invoice",
    }).onDelete("cascade"),
    // The review table by status, a page at a time.
    index("invoice_results_status").on(t.tenantId, t.batchId, t.status, t.row),
    allow("invoice_results_select", "select", appRole, inTenant(t)),
    allow("invoice_results_runner_select", "select", runnerRole, inTenant(t)),
    allow("invoice_results_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("invoice_results_runner_update", "update", runnerRole, inTenant(t)),
    allow("invoice_results_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
