import { sql } from "drizzle-orm";
import { index, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, inTenant } from "./policies";
import { tenants } from "./tenants";

/** The words of a tenant's documents as they are written, each with the term it is indexed under: what misspelt words are compared with. */
export const vocabulary = flightdeck.table(
  "vocabulary",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    word: text().notNull(),
    term: text().notNull(),
    /** The word backwards: a column, because an index on an expression cannot serve a query under row-level security. */
    reversed: text().notNull().generatedAlwaysAs(sql`reverse(word)`),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.word] }),
    // A word with one wrong letter still has its first or its second half right; these find words by either. The pattern operators are
    // leakproof, which trigram operators are not: under row-level security Postgres would not use a trigram index at all.
    index("vocabulary_beginnings").on(t.tenantId, t.word.op("text_pattern_ops")),
    index("vocabulary_endings").on(t.tenantId, t.reversed.op("text_pattern_ops")),
    // Forgetting the words of a term that left with its last document.
    index("vocabulary_term").on(t.tenantId, t.term),
    allow("vocabulary_select", "select", appRole, inTenant(t)),
    allow("vocabulary_insert", "insert", appRole, inTenant(t)),
    allow("vocabulary_delete", "delete", appRole, inTenant(t)),
  ],
);
