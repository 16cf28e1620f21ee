import { index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** Subjects of one agent that were begun together: the orders of a morning. Each has a thread of its own, which names the batch. */
export const batches = flightdeck.table(
  "batches",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    id: text().notNull(),
    agent: text().notNull(),
    startedBy: text("started_by").notNull(),
    /** Shown in the report. */
    startedByName: text("started_by_name").notNull(),
    /** How many threads were begun in it. */
    total: integer().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("batches_latest").on(t.tenantId, t.agent, t.createdAt),
    allow("batches_select", "select", appRole, inTenant(t)),
    allow("batches_runner_select", "select", runnerRole, inTenant(t)),
    allow("batches_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
