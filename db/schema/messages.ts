import { type SQL, sql } from "drizzle-orm";
import { bigint, customType, foreignKey, index, json, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn, runnerRole } from "./policies";
import { threads } from "./threads";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * The thread as messages, folded from the event log when a run ends and only ever appended to: what a reopened thread is restored
 * from, what the model's history is built from, and what search and export read. `message` is the AG-UI message as it stands.
 */
export const messages = flightdeck.table(
  "messages",
  {
    tenantId: text("tenant_id").notNull(),
    threadId: text("thread_id").notNull(),
    id: text().notNull(),
    runId: text("run_id").notNull(),
    userId: text("user_id").notNull(),
    /** Place in the thread: grows, may have gaps. */
    position: bigint({ mode: "number" }).notNull(),
    role: text().notNull(),
    message: json().notNull(),
    /** Plain words of the message, for search. */
    text: text().notNull().default(""),
    createdAt: createdAt(),
    search: tsvector().generatedAlwaysAs((): SQL => sql`to_tsvector('simple', left(${messages.text}, 100000))`),
  },
  (t) => [
    primaryKey({ columns: [t.threadId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [threads.tenantId, threads.id],
      name: "messages_thread",
    }).onDelete("cascade"),
    index("messages_order").on(t.tenantId, t.threadId, t.position),
    index("messages_search").using("gin", t.search),
    allow("messages_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("messages_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("messages_runner_select", "select", runnerRole, inTenant(t)),
    allow("messages_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("messages_runner_update", "update", runnerRole, inTenant(t)),
    allow("messages_runner_delete", "delete", runnerRole, inTenant(t)),
  ],
);
