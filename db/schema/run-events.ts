import { sql } from "drizzle-orm";
import { foreignKey, integer, json, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn, runnerRole, systemRole } from "./policies";
import { runs } from "./runs";

/** The event log: every AG-UI event of a run in order, appended while it runs. `seq` starts at 1 and has no gaps. */
export const runEvents = flightdeck.table(
  "run_events",
  {
    tenantId: text("tenant_id").notNull(),
    runId: text("run_id").notNull(),
    seq: integer().notNull(),
    /** Copied from the run, so that the policy needs no join on the hottest table. */
    userId: text("user_id").notNull(),
    /** `json`, not `jsonb`: kept letter by letter, so that it is served as stored, and cheaper to write. */
    event: json().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.seq] }),
    foreignKey({
      columns: [t.tenantId, t.runId],
      foreignColumns: [runs.tenantId, runs.id],
      name: "run_events_run",
    }).onDelete("cascade"),
    allow("run_events_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    // A run begins with its RUN_STARTED in the transaction that admits it; the rest is the runner's to append.
    allow("run_events_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("run_events_runner_select", "select", runnerRole, inTenant(t)),
    allow("run_events_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("run_events_runner_delete", "delete", runnerRole, inTenant(t)),
    allow("run_events_system_select", "select", systemRole, sql`false`),
  ],
);
