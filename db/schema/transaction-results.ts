import { doublePrecision, foreignKey, index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { bankTransactions } from "./bank-transactions";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";

/** What reconciliation says of a line of the bank's statement: the status of the invoices that it pays, or `unknown_transaction`. */
export const transactionResults = flightdeck.table(
  "transaction_results",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    row: integer().notNull(),
    status: text().notNull(),
    confidence: doublePrecision().notNull(),
    reasons: text().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.row] }),
    foreignKey({
      columns: [t.tenantId, t.batchId, t.row],
      foreignColumns: [bankTransactions.tenantId, bankTransactions.batchId, bankTransactions.row],
      name: "transaction_results_transaction",
    }).onDelete("cascade"),
    index("transaction_results_status").on(t.tenantId, t.batchId, t.status, t.row),
    allow("transaction_results_select", "select", appRole, inTenant(t)),
    allow("transaction_results_runner_select", "select", runnerRole, inTenant(t)),
    allow("transaction_results_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("transaction_results_runner_update", "update", runnerRole, inTenant(t)),
    allow("transaction_results_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
