import { sql } from "drizzle-orm";
import { text } from "drizzle-orm/pg-core";
import { allow, flightdeck, instant, runnerRole, systemRole } from "./policies";

/**
 * The processes that execute runs, each with one lease over everything it runs: a heartbeat is one row however many runs there are.
 * A run whose owner has no fresh row here is an orphan. No tenant data.
 */
export const runNodes = flightdeck.table(
  "run_nodes",
  {
    /** Random at every start of a process, so that a restarted one is another node. */
    id: text().primaryKey(),
    expiresAt: instant("expires_at").notNull(),
  },
  () => [
    allow("run_nodes_runner_select", "select", runnerRole, sql`true`),
    allow("run_nodes_system_select", "select", systemRole, sql`true`),
    allow("run_nodes_system_insert", "insert", systemRole, sql`true`),
    allow("run_nodes_system_update", "update", systemRole, sql`true`),
    allow("run_nodes_system_delete", "delete", systemRole, sql`true`),
  ],
);
