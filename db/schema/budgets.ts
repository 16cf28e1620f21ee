import { sql } from "drizzle-orm";
import { bigint, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, claimUser, createdAt, flightdeck, inTenant, isAdmin, runnerRole } from "./policies";
import { tenants } from "./tenants";

/**
 * How much may be spent on models in a day or a month. `subject` is a member's user id, or `*tenant` for the whole tenant, or
 * `*member` for each member who has no limit of their own. Amounts are millionths of a US dollar.
 */
export const budgets = flightdeck.table(
  "budgets",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    subject: text().notNull(),
    period: text({ enum: ["day", "month"] }).notNull(),
    /** From here on people are told. */
    softMicroUsd: bigint("soft_micro_usd", { mode: "number" }),
    /** Beyond this no model is asked. */
    hardMicroUsd: bigint("hard_micro_usd", { mode: "number" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.subject, t.period] }),
    // A member sees the limits that bind them, and not a colleague's.
    allow(
      "budgets_select",
      "select",
      appRole,
      sql`${inTenant(t)} and (${isAdmin} or ${t.subject} in ('*tenant', '*member', ${claimUser}))`,
    ),
    allow("budgets_insert", "insert", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("budgets_update", "update", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("budgets_delete", "delete", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("budgets_runner_select", "select", runnerRole, inTenant(t)),
  ],
);
