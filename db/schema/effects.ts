import { foreignKey, index, integer, jsonb, primaryKey, text } from "drizzle-orm/pg-core";
import { graphThreads } from "./graph-threads";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, runnerRole } from "./policies";

/**
 * What graphs did to the world outside, once each. A row is begun before the call and completed after it; a row that stayed begun is
 * asked about by its key before anything is done again.
 */
export const effects = flightdeck.table(
  "effects",
  {
    tenantId: text("tenant_id").notNull(),
    /** `thread:step:loop`; the same key is sent to the outside system. */
    key: text().notNull(),
    threadId: text("thread_id").notNull(),
    step: text().notNull(),
    system: text().notNull(),
    operation: text().notNull(),
    state: text({ enum: ["begun", "done"] })
      .notNull()
      .default("begun"),
    attempts: integer().notNull().default(1),
    request: jsonb().$type<Record<string, unknown>>().notNull(),
    result: jsonb().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    doneAt: instant("done_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.key] }),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [graphThreads.tenantId, graphThreads.id],
      name: "effects_thread",
    }).onDelete("cascade"),
    index("effects_thread_order").on(t.tenantId, t.threadId, t.createdAt),
    allow("effects_select", "select", appRole, inTenant(t)),
    allow("effects_runner_select", "select", runnerRole, inTenant(t)),
    allow("effects_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("effects_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
