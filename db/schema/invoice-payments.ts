import { foreignKey, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { bankTransactions } from "./bank-transactions";
import { invoices } from "./invoices";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";

/** Which line of the statement pays which invoice: one may pay several, and several may pay one. */
export const invoicePayments = flightdeck.table(
  "invoice_payments",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    invoiceRow: integer("invoice_row").notNull(),
    transactionRow: integer("transaction_row").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.invoiceRow, t.transactionRow] }),
    foreignKey({
      columns: [t.tenantId, t.batchId, t.invoiceRow],
      foreignColumns: [invoices.tenantId, invoices.batchId, invoices.row],
      name: "invoice_payments_invoice",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.tenantId, t.batchId, t.transactionRow],
      foreignColumns: [bankTransactions.tenantId, bankTransactions.batchId, bankTransactions.row],
      name: "invoice_payments_transaction",
    }).onDelete("cascade"),
    index("invoice_payments_transaction_rows").on(t.tenantId, t.batchId, t.transactionRow),
    allow("invoice_payments_select", "select", appRole, inTenant(t)),
    allow("invoice_payments_runner_select", "select", runnerRole, inTenant(t)),
    allow("invoice_payments_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("invoice_payments_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
