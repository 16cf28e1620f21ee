import { foreignKey, index, integer, jsonb, primaryKey, text } from "drizzle-orm/pg-core";
import { invoices } from "./invoices";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, runnerRole } from "./policies";

/** A match that a person made by hand. `before` is what it replaced, on every invoice that it touched, so that it can be undone. */
export const matchEdits = flightdeck.table(
  "match_edits",
  {
    tenantId: text("tenant_id").notNull(),
    id: text().notNull(),
    batchId: text("batch_id").notNull(),
    /** The invoice that was edited. */
    row: integer().notNull(),
    /** All invoices whose payments changed: a payment that moves is taken from another. */
    rows: integer().array().notNull(),
    edit: jsonb().$type<Record<string, unknown>>().notNull(),
    before: jsonb().$type<Record<string, unknown>[]>().notNull(),
    editedBy: text("edited_by").notNull(),
    createdAt: createdAt(),
    undoneAt: instant("undone_at"),
    undoneBy: text("undone_by"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.batchId, t.row],
      foreignColumns: [invoices.tenantId, invoices.batchId, invoices.row],
      name: "match_edits_invoice",
    }).onDelete("cascade"),
    index("match_edits_of_batch").on(t.tenantId, t.batchId, t.row),
    allow("match_edits_select", "select", appRole, inTenant(t)),
    allow("match_edits_runner_select", "select", runnerRole, inTenant(t)),
    allow("match_edits_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("match_edits_runner_update", "update", runnerRole, inTenant(t)),
    allow("match_edits_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
