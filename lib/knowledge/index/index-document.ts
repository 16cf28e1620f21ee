import { and, asc, eq, sql } from "drizzle-orm";
import { chunks } from "@/db/schema";
import type { TenantContext, Tx } from "@/db/with-tenant";
import { indexChunks } from "./index-chunks";
import { removePostings } from "./postings";

/** Removes a document's postings; its chunks stay. The caller holds the corpus' lock. */
export async function takeOutOfIndex(tx: Tx, context: TenantContext, documentId: string): Promise<void> {
  const [range] = await tx
    .select({ first: sql<number>`min(${chunks.number})`, last: sql<number>`max(${chunks.number})` })
    .from(chunks)
    .where(and(eq(chunks.tenantId, context.tenantId), eq(chunks.documentId, documentId)));
  if (range && range.first !== null) await removePostings(tx, context, range.first, range.last);
}

interface Named {
  id: string;
  title: string;
  filename: string;
}

/** Indexes the chunks that a deleted document kept, under the numbers they had. The caller holds the corpus' lock. */
export async function putIntoIndex(tx: Tx, context: TenantContext, document: Named): Promise<void> {
  const kept = await tx
    .select({ number: chunks.number, heading: chunks.heading, text: chunks.text })
    .from(chunks)
    .where(and(eq(chunks.tenantId, context.tenantId), eq(chunks.documentId, document.id)))
    .orderBy(asc(chunks.position));
  const [first] = kept;
  if (!first) return;
  const names = { title: document.title, filename: document.filename };
  const indexed = kept.map((chunk) => ({ ...chunk, ...names }));
  await indexChunks(tx, context, indexed, first.number);
}
