// Documents coming in: everything slow happens before the transaction, and the transaction stores all of a document or nothing.
import { and, eq, isNull, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { chunks, documents } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { AppError, invalidRequest } from "@/lib/failures/app-error";
import { audit } from "./audit";
import { requireChangeable } from "./documents";
import { changeCorpus, lockCorpus, requireRoom } from "./index/corpus";
import { indexChunks } from "./index/index-chunks";
import { takeOutOfIndex } from "./index/index-document";
import type { ReadDocument } from "./parsing/reading";
import { sanitiseText } from "./parsing/sanitise-text";
import { type CheckedUpload, checkUpload, prepareUpload, type Upload } from "./prepare-upload";

/** A stored document; `created` is false when the same bytes were there already. */
export interface Ingested {
  id: string;
  title: string;
  chunks: number;
  created: boolean;
}

const CHUNKS_PER_STATEMENT = 500;

/**
 * Reads a file and stores it as a document of the tenant. The same bytes again, also at the same moment, return the document they
 * already are. Throws `AppError` with a code of parsing/refusal.ts, `payload_too_large` or `quota_exceeded`; then nothing is stored.
 */
export async function ingestDocument(context: TenantContext, upload: Upload): Promise<Ingested> {
  const checked = checkUpload(upload);
  const known = await withTenant(context, (tx) => findSameBytes(tx, context, checked.sha256));
  if (known) return { ...known, created: false };
  const prepared = await prepareUpload(upload, checked);
  return withTenant(context, async (tx) => {
    const corpus = await lockCorpus(tx, context);
    // Someone may have stored the same bytes while we were reading them.
    const same = await findSameBytes(tx, context, checked.sha256);
    if (same) return { ...same, created: false };
    const bytes = upload.bytes.length;
    await requireRoom(tx, context, corpus, 1, bytes);
    const id = newId("doc");
    await tx.insert(documents).values({
      id,
      tenantId: context.tenantId,
      ...fieldsOf(checked, prepared, bytes),
      createdBy: context.userId,
    });
    await storeChunks(tx, context, { id, version: 1 }, prepared, checked.filename, corpus.nextNumber);
    await changeCorpus(tx, context, {
      documents: 1,
      bytes,
      chunks: prepared.chunks.length,
      numbers: prepared.chunks.length,
    });
    await audit(tx, context, "document.upload", id, { filename: checked.filename, bytes });
    return { id, title: prepared.title, chunks: prepared.chunks.length, created: true };
  });
}

/** Stores a text that was typed or pasted, read as Markdown. */
export async function ingestText(
  context: TenantContext,
  { title, text }: { title: string; text: string },
): Promise<Ingested> {
  return ingestDocument(context, textUpload(title, text));
}

/** A pasted text as the file it could have been. Throws `invalid_request` for a title without a letter or digit. */
export function textUpload(title: string, text: string): Upload {
  const name = title
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 80)
    .toWellFormed();
  if (name === "") throw invalidRequest("The text needs a title.", { title: "Give it a title." });
  return { filename: `${name}.md`, mime: "text/markdown", title, bytes: new TextEncoder().encode(sanitiseText(text)) };
}

/**
 * Gives a document new content under the same id; its version grows, so that older citations can say it changed. The bytes it already
 * has change nothing. Throws `not_found`, `forbidden` for another member's document, `document_exists` when another document has these
 * bytes, and what `ingestDocument` throws.
 */
export async function replaceDocument(context: TenantContext, id: string, upload: Upload): Promise<Ingested> {
  const checked = checkUpload(upload);
  await withTenant(context, (tx) => requireChangeable(tx, context, id));
  const prepared = await prepareUpload(upload, checked);
  return withTenant(context, async (tx) => {
    const corpus = await lockCorpus(tx, context);
    const old = await requireChangeable(tx, context, id);
    if (old.sha256 === checked.sha256) return { id, title: old.title, chunks: old.chunkCount, created: false };
    if (await findSameBytes(tx, context, checked.sha256))
      throw new AppError("document_exists", "Another document already has exactly this content.", { status: 409 });
    const bytes = upload.bytes.length;
    await requireRoom(tx, context, corpus, 0, bytes - old.bytes);
    await takeOutOfIndex(tx, context, id);
    await tx.delete(chunks).where(and(eq(chunks.tenantId, context.tenantId), eq(chunks.documentId, id)));
    const version = old.version + 1;
    await tx
      .update(documents)
      .set({ ...fieldsOf(checked, prepared, bytes), version, updatedAt: sql`now()` })
      .where(and(eq(documents.tenantId, context.tenantId), eq(documents.id, id)));
    await storeChunks(tx, context, { id, version }, prepared, checked.filename, corpus.nextNumber);
    const added = prepared.chunks.length;
    await changeCorpus(tx, context, { bytes: bytes - old.bytes, chunks: added - old.chunkCount, numbers: added });
    await audit(tx, context, "document.replace", id, { filename: checked.filename, bytes, version });
    return { id, title: prepared.title, chunks: added, created: true };
  });
}

async function findSameBytes(
  tx: Tx,
  context: TenantContext,
  sha256: string,
): Promise<Omit<Ingested, "created"> | undefined> {
  const [found] = await tx
    .select({ id: documents.id, title: documents.title, chunks: documents.chunkCount })
    .from(documents)
    .where(and(eq(documents.tenantId, context.tenantId), eq(documents.sha256, sha256), isNull(documents.deletedAt)));
  return found;
}

function fieldsOf(checked: CheckedUpload, { title, text, chunks }: ReadDocument, bytes: number) {
  const { filename, mime, sha256 } = checked;
  return { title, filename, mime, bytes, sha256, text, chunkCount: chunks.length };
}

async function storeChunks(
  tx: Tx,
  context: TenantContext,
  { id, version }: { id: string; version: number },
  prepared: ReadDocument,
  filename: string,
  firstNumber: number,
): Promise<void> {
  const rows = prepared.chunks.map((chunk, position) => ({
    ...chunk,
    id: newId("chk"),
    tenantId: context.tenantId,
    documentId: id,
    version,
    position,
    number: firstNumber + position,
  }));
  for (let at = 0; at < rows.length; at += CHUNKS_PER_STATEMENT)
    await tx.insert(chunks).values(rows.slice(at, at + CHUNKS_PER_STATEMENT));
  const indexed = prepared.chunks.map((chunk) => ({ ...chunk, title: prepared.title, filename }));
  await indexChunks(tx, context, indexed, firstNumber);
}
