import { sql } from "drizzle-orm";
import { bigint, index, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn, runnerRole } from "./policies";
import { tenants } from "./tenants";

/**
 * What was spent in a day (`2026-11-20`) or a month (`2026-11`, both UTC) by a member or, under `*tenant`, by all. The tenant's row of
 * the month is also the lock under which a budget is checked and reserved.
 */
export const spend = flightdeck.table(
  "spend",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    subject: text().notNull(),
    bucket: text().notNull(),
    microUsd: bigint("micro_usd", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.subject, t.bucket] }),
    allow("spend_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.subject)} or ${isAdmin})`),
    allow("spend_runner_select", "select", runnerRole, inTenant(t)),
    allow("spend_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("spend_runner_update", "update", runnerRole, inTenant(t)),
  ],
);

/** What a call that is on its way may come to. Settled by removing it; one that is old belongs to a process that died. */
export const spendReservations = flightdeck.table(
  "spend_reservations",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    microUsd: bigint("micro_usd", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("spend_reservations_tenant").on(t.tenantId, t.createdAt),
    allow("spend_reservations_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("spend_reservations_runner_select", "select", runnerRole, inTenant(t)),
    allow("spend_reservations_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("spend_reservations_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
