// A tenant's documents: listing, reading, deleting and bringing back.
import { and, asc, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { chunks, documents } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { forbidden, notFound } from "@/lib/failures/app-error";
import { decodeCursor, encodeCursor } from "@/lib/threads/cursor";

const LIMIT_DEFAULT = 30;
const LIMIT_MAX = 100;

const summaryColumns = {
  id: documents.id,
  title: documents.title,
  filename: documents.filename,
  mime: documents.mime,
  bytes: documents.bytes,
  version: documents.version,
  chunkCount: documents.chunkCount,
  createdBy: documents.createdBy,
  createdAt: documents.createdAt,
  updatedAt: documents.updatedAt,
};

/** A document without its text. */
export type DocumentSummary = {
  id: string;
  title: string;
  filename: string;
  mime: string;
  bytes: number;
  version: number;
  chunkCount: number;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
};

export interface DocumentPage {
  documents: DocumentSummary[];
  /** Pass it back for the next page; null on the last one. */
  nextCursor: string | null;
}

/** Documents by last change, newest first; `q` looks in titles and file names. Throws `invalid_request` for a cursor that is not ours. */
export async function listDocuments(
  context: TenantContext,
  query: { q?: string; cursor?: string; limit?: number } = {},
): Promise<DocumentPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit ?? LIMIT_DEFAULT) || LIMIT_DEFAULT, 1), LIMIT_MAX);
  const after = query.cursor ? decodeCursor(query.cursor) : null;
  const rows = await withTenant(context, (tx) =>
    tx
      // As text, because a JavaScript date would round away the microseconds that the cursor compares.
      .select({ ...summaryColumns, sortKey: sql<string>`${documents.updatedAt}::text` })
      .from(documents)
      .where(
        and(
          eq(documents.tenantId, context.tenantId),
          isNull(documents.deletedAt),
          query.q?.trim() ? nameContains(query.q.trim()) : undefined,
          after
            ? sql`(${documents.updatedAt}, ${documents.id}) < (${after.sortKey}::timestamptz, ${after.id})`
            : undefined,
        ),
      )
      .orderBy(desc(documents.updatedAt), desc(documents.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    documents: page.map(({ sortKey: _, ...document }) => document),
    nextCursor: rows.length > limit && last ? encodeCursor({ sortKey: last.sortKey, id: last.id }) : null,
  };
}

function nameContains(q: string): SQL | undefined {
  const pattern = `%${q.replaceAll("\0", "").replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(sql`${documents.title} ilike ${pattern}`, sql`${documents.filename} ilike ${pattern}`);
}

/** A passage of a document, at exactly `text.slice(startChar, endChar)` of it. */
export interface DocumentChunk {
  id: string;
  position: number;
  heading: string;
  startChar: number;
  endChar: number;
  text: string;
}

/** A document with its text and, in order, its chunks. */
export interface Document extends DocumentSummary {
  text: string;
  chunks: DocumentChunk[];
}

/** One document; null when there is none of this id that the caller may see. */
export async function getDocument(context: TenantContext, id: string): Promise<Document | null> {
  return withTenant(context, async (tx) => {
    const [document] = await tx
      .select({ ...summaryColumns, text: documents.text })
      .from(documents)
      .where(and(ownDocument(context, id), isNull(documents.deletedAt)));
    if (!document) return null;
    const passages = await tx
      .select({
        id: chunks.id,
        position: chunks.position,
        heading: chunks.heading,
        startChar: chunks.startChar,
        endChar: chunks.endChar,
        text: chunks.text,
      })
      .from(chunks)
      .where(and(eq(chunks.tenantId, context.tenantId), eq(chunks.documentId, id)))
      .orderBy(asc(chunks.position));
    return { ...document, chunks: passages };
  });
}

const ownDocument = (context: TenantContext, id: string): SQL | undefined =>
  and(eq(documents.tenantId, context.tenantId), eq(documents.id, id));

const changeableColumns = {
  title: documents.title,
  filename: documents.filename,
  sha256: documents.sha256,
  bytes: documents.bytes,
  version: documents.version,
  chunkCount: documents.chunkCount,
  createdBy: documents.createdBy,
};

/** A document that the caller may replace, delete or restore: an own one, or any for an admin. Throws `not_found` or `forbidden`. */
export async function requireChangeable(
  tx: Tx,
  context: TenantContext,
  id: string,
  state: "present" | "deleted" = "present",
) {
  const [document] = await tx
    .select(changeableColumns)
    .from(documents)
    .where(
      and(ownDocument(context, id), state === "present" ? isNull(documents.deletedAt) : isNotNull(documents.deletedAt)),
    );
  if (!document) throw notFound();
  if (document.createdBy !== context.userId && context.role !== "admin")
    throw forbidden("Only the person who uploaded this document, or an admin, may change it.");
  return document;
}
