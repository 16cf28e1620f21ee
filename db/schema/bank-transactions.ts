import { bigint, date, foreignKey, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant, runnerRole } from "./policies";
import { reconciliationBatches } from "./reconciliation-batches";

/** A line of the bank's statement. Money that leaves the account is negative. */
export const bankTransactions = flightdeck.table(
  "bank_transactions",
  {
    tenantId: text("tenant_id").notNull(),
    batchId: text("batch_id").notNull(),
    row: integer().notNull(),
    transactionId: text("transaction_id").notNull(),
    bookingDate: date("booking_date", { mode: "string" }).notNull(),
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull(),
    currency: text().notNull(),
    counterparty: text().notNull(),
    reference: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.batchId, t.row] }),
    foreignKey({
      columns: [t.tenantId, t.batchId],
      foreignColumns: [reconciliationBatches.tenantId, reconciliationBatches.id],
      name: "bank_transactions_batch",
    }).onDelete("cascade"),
    allow("bank_transactions_select", "select", appRole, inTenant(t)),
    allow("bank_transactions_runner_select", "select", runnerRole, inTenant(t)),
    allow("bank_transactions_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
