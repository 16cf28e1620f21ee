import { sql } from "drizzle-orm";
import { index, integer, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, isAdmin, isOwn, systemRole } from "./policies";
import { tenants } from "./tenants";

/** A document of a tenant. `text` is the normalised text that every character position in chunks and citations refers to. */
export const documents = flightdeck.table(
  "documents",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    title: text().notNull(),
    filename: text().notNull(),
    mime: text().notNull(),
    bytes: integer().notNull(),
    /** Of the uploaded bytes: the same file twice is one document. */
    sha256: text().notNull(),
    /** Grows when the document is replaced; a citation remembers the version it quoted. */
    version: integer().notNull().default(1),
    text: text().notNull(),
    chunkCount: integer("chunk_count").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    unique("documents_tenant_id_id").on(t.tenantId, t.id),
    uniqueIndex("documents_same_bytes").on(t.tenantId, t.sha256).where(sql`${t.deletedAt} is null`),
    index("documents_list").on(t.tenantId, t.updatedAt.desc(), t.id.desc()),
    index("documents_deleted").on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    allow("documents_select", "select", appRole, inTenant(t)),
    allow("documents_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.createdBy)}`),
    allow("documents_update", "update", appRole, sql`${inTenant(t)} and (${isOwn(t.createdBy)} or ${isAdmin})`),
    allow("documents_delete", "delete", appRole, sql`${inTenant(t)} and (${isOwn(t.createdBy)} or ${isAdmin})`),
    allow("documents_system_select", "select", systemRole, sql`${t.deletedAt} is not null`),
    allow("documents_system_delete", "delete", systemRole, sql`${t.deletedAt} is not null`),
  ],
);
