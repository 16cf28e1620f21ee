import { primaryKey, text, unique } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** Whom the tenant buys from, and where letters to them go. */
export const suppliers = flightdeck.table(
  "suppliers",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    id: text().notNull(),
    name: text().notNull(),
    /** Empty when nobody knows it. */
    email: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("suppliers_name").on(t.tenantId, t.name),
    allow("suppliers_select", "select", appRole, inTenant(t)),
    allow("suppliers_runner_select", "select", runnerRole, inTenant(t)),
    allow("suppliers_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("suppliers_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
