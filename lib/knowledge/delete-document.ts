import { and, eq, isNull } from "drizzle-orm";
import { documents } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { AppError } from "@/lib/failures/app-error";
import { audit } from "./audit";
import { requireChangeable } from "./documents";
import { changeCorpus, lockCorpus, requireRoom } from "./index/corpus";
import { putIntoIndex, takeOutOfIndex } from "./index/index-document";

/**
 * Deletes a document: it is found and shown no more. Until retention removes it for good, `restoreDocument` undoes it. Throws `not_found`,
 * or `forbidden` for another member's document.
 */
export async function deleteDocument(context: TenantContext, id: string): Promise<void> {
  await withTenant(context, async (tx) => {
    await lockCorpus(tx, context);
    const { bytes, chunkCount } = await requireChangeable(tx, context, id);
    await takeOutOfIndex(tx, context, id);
    await setDeletedAt(tx, context, id, new Date());
    await changeCorpus(tx, context, { documents: -1, bytes: -bytes, chunks: -chunkCount });
    await audit(tx, context, "document.delete", id);
  });
}

/**
 * Undoes `deleteDocument`. Throws `not_found` when there is nothing to undo, `document_exists` when the same bytes were uploaded since,
 * `quota_exceeded` when the room was used since.
 */
export async function restoreDocument(context: TenantContext, id: string): Promise<{ id: string; title: string }> {
  return withTenant(context, async (tx) => {
    const corpus = await lockCorpus(tx, context);
    const document = await requireChangeable(tx, context, id, "deleted");
    const [same] = await tx
      .select({ id: documents.id })
      .from(documents)
      .where(
        and(
          eq(documents.tenantId, context.tenantId),
          eq(documents.sha256, document.sha256),
          isNull(documents.deletedAt),
        ),
      );
    if (same)
      throw new AppError("document_exists", "The same file was uploaded again since. There is nothing to restore.", {
        status: 409,
      });
    await requireRoom(tx, context, corpus, 1, document.bytes);
    await putIntoIndex(tx, context, { id, ...document });
    await setDeletedAt(tx, context, id, null);
    const { bytes, chunkCount } = document;
    await changeCorpus(tx, context, { documents: 1, bytes, chunks: chunkCount });
    await audit(tx, context, "document.restore", id);
    return { id, title: document.title };
  });
}

async function setDeletedAt(tx: Tx, context: TenantContext, id: string, deletedAt: Date | null) {
  await tx
    .update(documents)
    .set({ deletedAt })
    .where(and(eq(documents.tenantId, context.tenantId), eq(documents.id, id)));
}
