import { sql } from "drizzle-orm";
import { bigint, boolean, foreignKey, index, json, text, unique } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn } from "./policies";
import { threads } from "./threads";

/**
 * Answers that may be given again to the same question while the documents are the same. `key` is a digest of everything that an answer
 * depends on; there is no row for a tenant that has not turned this on.
 */
export const rememberedAnswers = flightdeck.table(
  "remembered_answers",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    /** Where it was answered first: the row goes with that thread. */
    threadId: text("thread_id").notNull(),
    userId: text("user_id").notNull(),
    /** An admin may see more than a member, so what an admin was told is told to admins alone. */
    forAdmins: boolean("for_admins").notNull().default(false),
    key: text().notNull(),
    /** The state of the tenant's documents that it was answered from. */
    corpus: text().notNull(),
    /** The model that answered, as people are told it. */
    model: text().notNull(),
    /** The AG-UI messages of the answer as they stood in the thread. */
    messages: json().notNull(),
    /** What the answer cost, which giving it again saves; null when no price was known. */
    costMicroUsd: bigint("cost_micro_usd", { mode: "number" }),
    createdAt: createdAt(),
  },
  (t) => [
    unique("remembered_answers_key").on(t.tenantId, t.key),
    index("remembered_answers_thread").on(t.tenantId, t.threadId),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [threads.tenantId, threads.id],
      name: "remembered_answers_in_thread",
    }).onDelete("cascade"),
    allow("remembered_answers_select", "select", appRole, sql`${inTenant(t)} and (not ${t.forAdmins} or ${isAdmin})`),
    allow(
      "remembered_answers_insert",
      "insert",
      appRole,
      sql`${inTenant(t)} and ${isOwn(t.userId)} and (not ${t.forAdmins} or ${isAdmin})`,
    ),
    allow("remembered_answers_delete", "delete", appRole, sql`${inTenant(t)} and (not ${t.forAdmins} or ${isAdmin})`),
  ],
);
