import { eq, sql } from "drizzle-orm";
import { readSettings } from "@/contract/settings";
import { corpora, tenants } from "@/db/schema";
import type { TenantContext, Tx } from "@/db/with-tenant";
import { AppError } from "@/lib/failures/app-error";
import { TENANT_BYTES_MAX, TENANT_DOCUMENTS_MAX } from "../limits";

/** What a tenant's index holds. */
export interface Corpus {
  documents: number;
  bytes: number;
  chunks: number;
  nextNumber: number;
}

/**
 * Locks the tenant's corpus until the transaction ends and returns its counts. Everything that adds, replaces, deletes or restores a
 * document does this before it looks, so that what it sees stays true until it has written.
 */
export async function lockCorpus(tx: Tx, context: TenantContext): Promise<Corpus> {
  const [corpus] = await tx
    .insert(corpora)
    .values({ tenantId: context.tenantId })
    .onConflictDoUpdate({ target: corpora.tenantId, set: { chunks: sql`${corpora.chunks}` } })
    .returning();
  if (!corpus) throw new Error("the corpus could not be locked");
  return corpus;
}

/** What a change adds (or, negative, takes away). */
export interface CorpusChange {
  documents?: number;
  bytes?: number;
  chunks?: number;
  /** Chunk numbers used up. */
  numbers?: number;
}

export async function changeCorpus(tx: Tx, context: TenantContext, change: CorpusChange): Promise<void> {
  await tx
    .update(corpora)
    .set({
      documents: sql`${corpora.documents} + ${change.documents ?? 0}`,
      bytes: sql`${corpora.bytes} + ${change.bytes ?? 0}`,
      chunks: sql`${corpora.chunks} + ${change.chunks ?? 0}`,
      nextNumber: sql`${corpora.nextNumber} + ${change.numbers ?? 0}`,
    })
    .where(eq(corpora.tenantId, context.tenantId));
}

/** Throws `quota_exceeded` when the tenant's limits do not leave room for so much more. */
export async function requireRoom(tx: Tx, context: TenantContext, corpus: Corpus, documents: number, bytes: number) {
  const [tenant] = await tx
    .select({ settings: tenants.settings })
    .from(tenants)
    .where(eq(tenants.id, context.tenantId));
  const settings = readSettings(tenant?.settings);
  const documentsMax = settings.documentsMax ?? TENANT_DOCUMENTS_MAX;
  const bytesMax = settings.documentBytesMax ?? TENANT_BYTES_MAX;
  if (corpus.documents + documents > documentsMax)
    throw quotaExceeded(
      `This workspace may hold ${documentsMax} ${documentsMax === 1 ? "document" : "documents"}. Delete some, or ask an admin to raise the limit.`,
    );
  if (corpus.bytes + bytes > bytesMax)
    throw quotaExceeded(
      `This workspace may hold ${megabytes(bytesMax)} MB. Delete some documents, or ask an admin to raise the limit.`,
    );
}

const quotaExceeded = (message: string): AppError => new AppError("quota_exceeded", message, { status: 409 });
const megabytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(bytes < 1024 ** 2 ? 2 : 0);
