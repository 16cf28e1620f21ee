import { sql } from "drizzle-orm";
import { foreignKey, primaryKey, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn } from "./policies";
import { threads } from "./threads";

/** A thumb on an answer; one a member and message. */
export const feedback = flightdeck.table(
  "feedback",
  {
    tenantId: text("tenant_id").notNull(),
    threadId: text("thread_id").notNull(),
    messageId: text("message_id").notNull(),
    userId: text("user_id").notNull(),
    rating: text({ enum: ["up", "down"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.threadId, t.messageId, t.userId] }),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [threads.tenantId, threads.id],
      name: "feedback_thread",
    }).onDelete("cascade"),
    allow("feedback_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("feedback_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("feedback_update", "update", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("feedback_delete", "delete", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
  ],
);
