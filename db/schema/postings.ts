import { index, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant } from "./policies";
import { tenants } from "./tenants";

/**
 * The inverted index: which chunks of a block of 512 hold a term. A block keeps the rows few and each small enough to rewrite when a
 * document comes or goes. An entry is `offset in the block << 16 | weight * 256`; the weight counts the term in title, heading and body
 * (lib/knowledge/ranking/term-weights.ts). How many chunks hold a term is how many entries it has: no other statistic can go stale.
 */
export const postings = flightdeck.table(
  "postings",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    term: text().notNull(),
    block: integer().notNull(),
    entries: integer().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.term, t.block] }),
    // Taking a document out of the index: every term of its block.
    index("postings_block").on(t.tenantId, t.block),
    allow("postings_select", "select", appRole, inTenant(t)),
    allow("postings_insert", "insert", appRole, inTenant(t)),
    allow("postings_update", "update", appRole, inTenant(t)),
    allow("postings_delete", "delete", appRole, inTenant(t)),
  ],
);
