import { bigint, integer, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant } from "./policies";
import { tenants } from "./tenants";

/**
 * What a tenant's search index holds, one row a tenant. Every writer locks the row first, so that counts, quotas and the "same bytes"
 * check are exact without a scan, however many uploads race.
 */
export const corpora = flightdeck.table(
  "corpora",
  {
    tenantId: text("tenant_id")
      .primaryKey()
      .references(() => tenants.id, { onDelete: "cascade" }),
    /** Documents, uploaded bytes and chunks that are not deleted. */
    documents: integer().notNull().default(0),
    bytes: bigint({ mode: "number" }).notNull().default(0),
    chunks: integer().notNull().default(0),
    /** The next chunk's number; numbers are never used twice. */
    nextNumber: integer("next_number").notNull().default(0),
  },
  (t) => [
    allow("corpora_select", "select", appRole, inTenant(t)),
    allow("corpora_insert", "insert", appRole, inTenant(t)),
    allow("corpora_update", "update", appRole, inTenant(t)),
  ],
);
