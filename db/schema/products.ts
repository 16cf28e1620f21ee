import { sql } from "drizzle-orm";
import { boolean, check, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, instant, inTenant, isAdmin, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** What the tenant sells and how much of it can still be promised. Prices in minor units of the tenant's currency. */
export const products = flightdeck.table(
  "products",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    sku: text().notNull(),
    name: text().notNull(),
    /** Units that no order has reserved. */
    unitsInStock: integer("units_in_stock").notNull(),
    unitPriceMinor: integer("unit_price_minor").notNull(),
    discontinued: boolean().notNull().default(false),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sku] }),
    // The last word on overselling, whatever the code above believes.
    check("products_stock_not_negative", sql`${t.unitsInStock} >= 0`),
    allow("products_select", "select", appRole, inTenant(t)),
    allow("products_insert", "insert", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("products_update", "update", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("products_runner_select", "select", runnerRole, inTenant(t)),
    allow("products_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
