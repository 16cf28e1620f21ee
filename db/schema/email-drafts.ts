import { foreignKey, integer, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, runnerRole } from "./policies";
import { reconciliationBatches } from "./reconciliation-batches";

/** A letter to a supplier about what does not fit in a batch. Nothing is sent before somebody has approved it as it stands. */
export const emailDrafts = flightdeck.table(
  "email_drafts",
  {
    tenantId: text("tenant_id").notNull(),
    id: text().notNull(),
    batchId: text("batch_id").notNull(),
    /** The run that wrote it: a batch that is begun again writes new letters. */
    threadId: text("thread_id").notNull(),
    supplier: text().notNull(),
    /** Empty when nobody knows an address. */
    toAddress: text("to_address").notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    /** The invoices that it is about. */
    invoiceRows: integer("invoice_rows").array().notNull(),
    state: text({ enum: ["ready", "sending", "sent", "skipped", "failed"] })
      .notNull()
      .default("ready"),
    /** Grows with every change of its words: part of the idempotency key, so that what was refused can be put right and sent. */
    version: integer().notNull().default(1),
    /** Why it could not be sent, or who left it out. */
    note: text().notNull().default(""),
    editedBy: text("edited_by"),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    // A step that runs again writes no second letter.
    unique("email_drafts_supplier").on(t.tenantId, t.batchId, t.threadId, t.supplier),
    foreignKey({
      columns: [t.tenantId, t.batchId],
      foreignColumns: [reconciliationBatches.tenantId, reconciliationBatches.id],
      name: "email_drafts_batch",
    }).onDelete("cascade"),
    allow("email_drafts_select", "select", appRole, inTenant(t)),
    allow("email_drafts_runner_select", "select", runnerRole, inTenant(t)),
    allow("email_drafts_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("email_drafts_runner_update", "update", runnerRole, inTenant(t)),
    allow("email_drafts_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
