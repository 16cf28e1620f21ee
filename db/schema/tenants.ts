import { sql } from "drizzle-orm";
import { boolean, jsonb, text } from "drizzle-orm/pg-core";
import {
  allow,
  appRole,
  claimTenant,
  claimUser,
  createdAt,
  flightdeck,
  isAdmin,
  provisionRole,
  runnerRole,
  systemRole,
} from "./policies";

/** As it was written; contract/settings.ts says what it means. Unknown keys are kept: a newer version may have written them. */
export interface StoredSettings {
  suggestions?: { title: string; message: string }[];
  [key: string]: unknown;
}

export const tenants = flightdeck.table(
  "tenants",
  {
    id: text().primaryKey(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    demo: boolean().notNull().default(false),
    settings: jsonb().$type<StoredSettings>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    // The tenant a transaction is bound to, or before one is chosen, those the user is a member of.
    allow(
      "tenants_select",
      "select",
      appRole,
      sql`${t.id} = ${claimTenant} or exists (select 1 from flightdeck.memberships m where m.tenant_id = ${t.id} and m.user_id = ${claimUser})`,
    ),
    allow("tenants_update", "update", appRole, sql`${t.id} = ${claimTenant} and ${isAdmin}`),
    // The run engine reads the settings of the tenant that it acts in.
    allow("tenants_runner_select", "select", runnerRole, sql`${t.id} = ${claimTenant}`),
    allow("tenants_system_select", "select", systemRole, sql`true`),
    allow("tenants_provision_select", "select", provisionRole, sql`true`),
    allow("tenants_provision_insert", "insert", provisionRole, sql`true`),
  ],
);
