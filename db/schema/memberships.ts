import { sql } from "drizzle-orm";
import { index, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn, provisionRole } from "./policies";
import { tenants } from "./tenants";

export const memberships = flightdeck.table(
  "memberships",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    /** The subject of the Supabase token. */
    userId: text("user_id").notNull(),
    email: text().notNull(),
    name: text().notNull().default(""),
    role: text({ enum: ["admin", "member"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    // Every request starts with "which tenants is this user a member of".
    index("memberships_user").on(t.userId),
    allow("memberships_select", "select", appRole, sql`${inTenant(t)} or ${isOwn(t.userId)}`),
    allow("memberships_insert", "insert", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("memberships_update", "update", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("memberships_delete", "delete", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("memberships_provision_select", "select", provisionRole, sql`true`),
    allow("memberships_provision_insert", "insert", provisionRole, sql`true`),
  ],
);
