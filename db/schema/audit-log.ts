import { sql } from "drizzle-orm";
import { index, jsonb, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** Who did what, written in the same transaction as the deed. No role may change or remove a row. */
export const auditLog = flightdeck.table(
  "audit_log",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    /** `document.upload`, `thread.delete`, `model.call`: noun, dot, verb. */
    action: text().notNull(),
    /** The id of what was acted on. */
    target: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index("audit_log_order").on(t.tenantId, t.createdAt.desc()),
    allow("audit_log_select", "select", appRole, sql`${inTenant(t)} and ${isAdmin}`),
    allow("audit_log_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("audit_log_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
