import { sql } from "drizzle-orm";
import { primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant, isAdmin, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** Who orders from the tenant. `id` is the number that the tenant's own books use. */
export const customers = flightdeck.table(
  "customers",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    id: text().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    address: text().notNull(),
    /** How they pay, best first: tokens of the payment system, never card numbers. */
    paymentMethods: text("payment_methods").array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    allow("customers_select", "select", appRole, inTenant(t)),
    allow("customers_insert", "insert", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("customers_update", "update", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("customers_runner_select", "select", runnerRole, inTenant(t)),
  ],
);
