// Checking what an answer cites: a quote is shown only when it stands in the stored document at the position it is shown at.
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Citation, CitationsActivity, Passage } from "@/contract/knowledge";
import { chunks, documents } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { bestQuote, wordsToCompare } from "./citing/best-quote";
import { citedStatements } from "./citing/cited-statements";
import { knowStems } from "./language/stems";

/** The citations of one answer, without the message they belong to. */
export type CheckedCitations = Omit<CitationsActivity, "messageId">;

/**
 * Looks up each `[n]` of `answer` among `passages`, reads its chunk again from the database, and quotes the sentence that supports the
 * statement best. A number without a passage, whose passage is gone, or which shares nothing with the statement, is `unverified`.
 */
export async function verifyCitations(
  context: TenantContext,
  passages: Passage[],
  answer: string,
): Promise<CheckedCitations> {
  const statements = citedStatements(answer);
  if (statements.size === 0) return { citations: [], unverified: [] };
  return withTenant(context, async (tx) => {
    const byNumber = new Map(passages.map((passage) => [passage.n, passage]));
    const stored = await loadChunks(
      tx,
      context,
      [...statements.keys()].flatMap((n) => byNumber.get(n)?.chunkId ?? []),
    );
    const stem = await knowStems(
      tx,
      wordsToCompare(
        [...statements.values()].flat(),
        [...stored.values()].map(({ text }) => text),
      ),
    );
    const citations: Citation[] = [];
    const unverified: number[] = [];
    for (const [n, said] of statements) {
      const chunk = stored.get(byNumber.get(n)?.chunkId ?? "");
      const quote = chunk && bestQuote(said, chunk.text, stem);
      if (!chunk || !quote) {
        unverified.push(n);
        continue;
      }
      const { text, startChar: chunkStart, ...source } = chunk;
      const [startChar, endChar] = [chunkStart + quote.start, chunkStart + quote.end];
      citations.push({ n, ...source, quote: text.slice(quote.start, quote.end), startChar, endChar });
    }
    return { citations, unverified };
  });
}

async function loadChunks(tx: Tx, context: TenantContext, ids: string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await tx
    .select({
      chunkId: chunks.id,
      documentId: chunks.documentId,
      title: documents.title,
      heading: chunks.heading,
      version: chunks.version,
      text: chunks.text,
      startChar: chunks.startChar,
    })
    .from(chunks)
    .innerJoin(documents, and(eq(documents.tenantId, chunks.tenantId), eq(documents.id, chunks.documentId)))
    .where(and(eq(chunks.tenantId, context.tenantId), inArray(chunks.id, ids), isNull(documents.deletedAt)));
  return new Map(rows.map((row) => [row.chunkId, row]));
}

/** What became of a source since it was cited. */
export type SourceStatus = "current" | "changed" | "deleted";

/** For each document and the version that was cited, in order: whether it still is what was cited. */
export async function getCitationStatus(
  context: TenantContext,
  sources: { documentId: string; version: number }[],
): Promise<{ documentId: string; version: number; status: SourceStatus }[]> {
  if (sources.length === 0) return [];
  const rows = await withTenant(context, (tx) =>
    tx
      .select({ id: documents.id, version: documents.version })
      .from(documents)
      .where(
        and(
          eq(documents.tenantId, context.tenantId),
          inArray(documents.id, [...new Set(sources.map(({ documentId }) => documentId))]),
          isNull(documents.deletedAt),
        ),
      ),
  );
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return sources.map(({ documentId, version }) => {
    const now = versions.get(documentId);
    return { documentId, version, status: now === undefined ? "deleted" : now === version ? "current" : "changed" };
  });
}
