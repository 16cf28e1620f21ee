import { index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** A set of books (orders, invoices, bank lines) that is reconciled together, and where that stands. */
export const reconciliationBatches = flightdeck.table(
  "reconciliation_batches",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    id: text().notNull(),
    title: text().notNull(),
    /** Where the rows came from: files that somebody uploaded, or the tenant's own books. */
    source: text({ enum: ["upload", "books"] }).notNull(),
    status: text({ enum: ["new", "running", "stopped", "waiting", "failed", "finished", "cancelled"] })
      .notNull()
      .default("new"),
    /** The step at work, or where it stopped. */
    step: text().notNull().default(""),
    /** One sentence: what it waits for, or how it ended. */
    note: text().notNull().default(""),
    orders: integer().notNull(),
    orderLines: integer("order_lines").notNull(),
    invoices: integer().notNull(),
    transactions: integer().notNull(),
    refused: integer().notNull(),
    /** How far the step at work is, for whoever does not watch its stream. */
    progressCurrent: integer("progress_current").notNull().default(0),
    progressTotal: integer("progress_total").notNull().default(0),
    /** The graph thread of its reconciliation; null while nobody has begun it. */
    threadId: text("thread_id"),
    /** Who asked the run to pause; cleared when it goes on. */
    stopRequestedBy: text("stop_requested_by"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("reconciliation_batches_newest").on(t.tenantId, t.createdAt.desc(), t.id),
    index("reconciliation_batches_thread").on(t.tenantId, t.threadId),
    allow("reconciliation_batches_select", "select", appRole, inTenant(t)),
    allow("reconciliation_batches_runner_select", "select", runnerRole, inTenant(t)),
    allow("reconciliation_batches_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("reconciliation_batches_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
