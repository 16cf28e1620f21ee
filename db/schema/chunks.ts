import { foreignKey, index, integer, text, unique } from "drizzle-orm/pg-core";
import { documents } from "./documents";
import { allow, appRole, flightdeck, inTenant } from "./policies";

/** A passage of a document: `text` is exactly `document.text.slice(startChar, endChar)`. */
export const chunks = flightdeck.table(
  "chunks",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    documentId: text("document_id").notNull(),
    /** The document's version it was cut from. */
    version: integer().notNull(),
    /** Its place in the document, from 0. */
    position: integer().notNull(),
    /** Its number among all chunks of the tenant, which the postings name it by. */
    number: integer().notNull(),
    /** The headings above it, outermost first, joined by " › ". */
    heading: text().notNull().default(""),
    startChar: integer("start_char").notNull(),
    endChar: integer("end_char").notNull(),
    text: text().notNull(),
  },
  (t) => [
    unique("chunks_tenant_id_id").on(t.tenantId, t.id),
    unique("chunks_number").on(t.tenantId, t.number),
    foreignKey({
      columns: [t.tenantId, t.documentId],
      foreignColumns: [documents.tenantId, documents.id],
      name: "chunks_document",
    }).onDelete("cascade"),
    index("chunks_document_order").on(t.tenantId, t.documentId, t.position),
    allow("chunks_select", "select", appRole, inTenant(t)),
    allow("chunks_insert", "insert", appRole, inTenant(t)),
    allow("chunks_delete", "delete", appRole, inTenant(t)),
  ],
);
