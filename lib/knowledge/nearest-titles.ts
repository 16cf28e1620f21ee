import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { documents } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";

/** A document by name. */
export interface TitledDocument {
  documentId: string;
  title: string;
}

/**
 * The documents that come closest to a question: those of the passages `found` for it, best first, else those whose titles look most
 * like it.
 */
export async function nearestTitles(
  context: TenantContext,
  query: string,
  found: TitledDocument[],
  limit: number,
): Promise<TitledDocument[]> {
  if (found.length === 0) return similarTitles(context, query, limit);
  const titles = new Map(found.map(({ documentId, title }) => [documentId, title]));
  return [...titles].slice(0, limit).map(([documentId, title]) => ({ documentId, title }));
}

async function similarTitles(context: TenantContext, query: string, limit: number): Promise<TitledDocument[]> {
  const likeness = sql<number>`similarity(${documents.title}, ${query.replaceAll("\0", "").slice(0, 300).toWellFormed()})`;
  return withTenant(context, (tx) =>
    tx
      .select({ documentId: documents.id, title: documents.title })
      .from(documents)
      .where(and(eq(documents.tenantId, context.tenantId), isNull(documents.deletedAt)))
      .orderBy(desc(likeness), documents.id)
      .limit(limit),
  );
}
