import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, pgPolicy, pgRole, pgSchema, timestamp } from "drizzle-orm/pg-core";

/** Everything of ours lives in one schema, so that a forker's own tables and Supabase's stay apart from it. */
export const flightdeck = pgSchema("flightdeck");

// Roles are made by the first migration; `existing` keeps drizzle-kit from creating them again.
export const appRole = pgRole("flightdeck_app").existing();
export const runnerRole = pgRole("flightdeck_runner").existing();
export const systemRole = pgRole("flightdeck_system").existing();
export const provisionRole = pgRole("flightdeck_provision").existing();

// Each setting is wrapped in a select so that the planner reads it once a query instead of once a row.
export const claimTenant = sql`(select current_setting('flightdeck.tenant', true))`;
export const claimUser = sql`(select current_setting('flightdeck.user', true))`;
export const claimRole = sql`(select current_setting('flightdeck.role', true))`;

type TenantColumns = { tenantId: AnyPgColumn; userId?: AnyPgColumn };

export const inTenant = (t: TenantColumns): SQL => sql`${t.tenantId} = ${claimTenant}`;
export const isAdmin: SQL = sql`${claimRole} = 'admin'`;
export const isOwn = (column: AnyPgColumn): SQL => sql`${column} = ${claimUser}`;

type Verb = "select" | "insert" | "update" | "delete";

/** A policy for one verb; `using` guards the rows that exist, `check` the rows that are written. */
export function allow(name: string, verb: Verb, to: ReturnType<typeof pgRole>, condition: SQL) {
  const using = verb === "insert" ? undefined : condition;
  const withCheck = verb === "insert" || verb === "update" ? condition : undefined;
  return pgPolicy(name, { as: "permissive", for: verb, to, using, withCheck });
}

export const createdAt = () => timestamp("created_at", { withTimezone: true }).notNull().defaultNow();
export const instant = (name: string) => timestamp(name, { withTimezone: true });
