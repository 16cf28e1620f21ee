import { index, integer, jsonb, text, unique } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** The books of the sandbox systems: what a real payment provider, carrier or mail server would have on theirs. */
export const sandboxLedger = flightdeck.table(
  "sandbox_ledger",
  {
    /** The system's own reference: `pay_…`, `shp_…`. */
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    system: text().notNull(),
    operation: text().notNull(),
    /** A second request under the same key gets the first one's answer. */
    idempotencyKey: text("idempotency_key").notNull(),
    amountMinor: integer("amount_minor").notNull().default(0),
    request: jsonb().$type<Record<string, unknown>>().notNull(),
    response: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("sandbox_ledger_once").on(t.tenantId, t.system, t.idempotencyKey),
    index("sandbox_ledger_order").on(t.tenantId, t.createdAt),
    allow("sandbox_ledger_select", "select", appRole, inTenant(t)),
    allow("sandbox_ledger_runner_select", "select", runnerRole, inTenant(t)),
    allow("sandbox_ledger_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
