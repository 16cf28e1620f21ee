import { sql } from "drizzle-orm";
import { index, text, unique } from "drizzle-orm/pg-core";
import {
  allow,
  appRole,
  createdAt,
  flightdeck,
  instant,
  inTenant,
  isAdmin,
  isOwn,
  runnerRole,
  systemRole,
} from "./policies";
import { tenants } from "./tenants";

/** A conversation: it belongs to a tenant and to the member who began it. An admin of the tenant may read it. */
export const threads = flightdeck.table(
  "threads",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    agent: text().notNull(),
    title: text().notNull().default(""),
    /** `user` once renamed by hand: a written title is never overwritten by a generated one. */
    titleBy: text("title_by", { enum: ["none", "auto", "user"] })
      .notNull()
      .default("none"),
    createdAt: createdAt(),
    /** Last activity; the list is sorted by it. */
    updatedAt: instant("updated_at").notNull().defaultNow(),
    archivedAt: instant("archived_at"),
    /** Set by delete, cleared by undo; lib/retention removes the rows for good later. */
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("threads_tenant_id_id").on(t.tenantId, t.id),
    // The thread list: one member's threads, newest first.
    index("threads_list").on(t.tenantId, t.userId, t.updatedAt.desc(), t.id.desc()),
    index("threads_deleted").on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    allow("threads_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("threads_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("threads_update", "update", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("threads_delete", "delete", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("threads_runner_select", "select", runnerRole, inTenant(t)),
    allow("threads_runner_update", "update", runnerRole, inTenant(t)),
    allow("threads_system_select", "select", systemRole, sql`true`),
    allow("threads_system_delete", "delete", systemRole, sql`${t.deletedAt} is not null`),
  ],
);
