import { sql } from "drizzle-orm";
import { foreignKey, jsonb, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, instant, inTenant, isAdmin, isOwn } from "./policies";
import { threads } from "./threads";

/** What a model reads of a thread instead of its oldest turns, and how full its window was last. One row a thread. */
export const threadContexts = flightdeck.table(
  "thread_contexts",
  {
    tenantId: text("tenant_id").notNull(),
    threadId: text("thread_id").notNull(),
    userId: text("user_id").notNull(),
    /** `Digest` of lib/context; null while the whole thread fits. */
    digest: jsonb(),
    /** The last `token_update` of the thread, for whoever opens it. */
    meter: jsonb(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.threadId] }),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [threads.tenantId, threads.id],
      name: "thread_contexts_thread",
    }).onDelete("cascade"),
    allow("thread_contexts_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("thread_contexts_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("thread_contexts_update", "update", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
  ],
);
