// What people do to a batch outside its graph: bring books in, pause and resume, put matches right, write letters. Each in the caller's name.

import { and, eq, sql } from "drizzle-orm";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { BATCH_ROWS_MAX, draftEditSchema, matchEditSchema, uploadFilesSchema } from "@/contract/invoices";
import type { RunTokenClaims } from "@/contract/run-token";
import { reconciliationBatches } from "@/db/schema";
import { restoreDraft, saveDraft, skipDraft } from "../books/edit-draft";
import { editMatch } from "../books/edit-match";
import { openOwnBooks } from "../books/own-books";
import { readUpload } from "../books/read-upload";
import { storeBooks } from "../books/store-books";
import { undoEdit } from "../books/undo-edit";
import { unmarkInvoices } from "../books/unmark-invoices";
import type { Executor } from "../execution/executor";
import { HttpError, notFound } from "../http-error";
import { readJson } from "./read-input";

type Env = { Variables: { claims: RunTokenClaims } };

/** Three files of twenty thousand rows, as base64. */
const UPLOAD_BYTES_MAX = 64 << 20;

export function invoiceRoutes(app: Hono<Env>, executor: Executor): void {
  app.post("/books", async (context) => {
    const upload = await parsed(context, uploadFilesSchema, UPLOAD_BYTES_MAX);
    const { tenant, sub } = context.get("claims");
    const title = upload.title || upload.files.invoices.filename.replace(/\.[^.]*$/, "").slice(0, 200) || "Upload";
    const batch = { title, source: "upload" as const, createdBy: sub };
    return context.json(await storeBooks(executor.work(tenant), tenant, batch, await readUpload(upload)), 201);
  });

  app.post("/books/own", async (context) => {
    const { tenant, sub } = context.get("claims");
    return context.json(await openOwnBooks(executor.work(tenant), tenant, sub), 201);
  });

  app.post("/batches/:batch/stop", async (context) => {
    const { work, place, editor } = of(context, executor);
    const batch = await requireBatch(context, executor);
    const stopped = await work((tx) =>
      tx
        .update(reconciliationBatches)
        .set({ stopRequestedBy: editor.name, updatedAt: sql`now()` })
        .where(and(eq(reconciliationBatches.id, place.batchId), eq(reconciliationBatches.status, "running")))
        .returning({ id: reconciliationBatches.id }),
    );
    if (stopped.length === 0) throw new HttpError(409, "not_running", "Nothing is at work here that could be stopped.");
    return context.json({ threadId: batch.threadId }, 202);
  });

  app.post("/batches/:batch/resume", async (context) => {
    const { work, place } = of(context, executor);
    const { tenantId } = place;
    const { threadId, status } = await requireBatch(context, executor);
    if (status !== "stopped" && status !== "failed")
      throw new HttpError(409, "not_stopped", "Only what was stopped or has failed can go on.");
    await work((tx) =>
      tx
        .update(reconciliationBatches)
        .set({ stopRequestedBy: null, status: "running", note: "", updatedAt: sql`now()` })
        .where(eq(reconciliationBatches.id, place.batchId)),
    );
    await executor.threads.wake(tenantId, threadId);
    void executor.run(tenantId, threadId);
    return context.json({ threadId }, 202);
  });

  app.post("/batches/:batch/unmark", async (context) => {
    const { work, place, editor } = of(context, executor);
    const { rows } = await parsed(
      context,
      z.object({ rows: z.array(z.number().int().positive()).max(BATCH_ROWS_MAX) }),
    );
    return context.json({ unmarked: await unmarkInvoices(work, place, editor, rows) });
  });

  app.post("/batches/:batch/invoices/:row/match", async (context) => {
    const { work, place, editor } = of(context, executor);
    const row = Number(context.req.param("row"));
    if (!Number.isInteger(row) || row < 1 || row > 2 ** 31 - 1) throw notFound();
    return context.json(await editMatch(work, place, editor, row, await parsed(context, matchEditSchema)), 201);
  });

  app.post("/batches/:batch/edits/:edit/undo", async (context) => {
    const { work, place, editor } = of(context, executor);
    await undoEdit(work, place, editor, context.req.param("edit"));
    return context.json({});
  });

  app.post("/batches/:batch/drafts/:draft", async (context) => {
    const { work, place, editor } = of(context, executor);
    await saveDraft(work, place, editor, context.req.param("draft"), await parsed(context, draftEditSchema));
    return context.json({});
  });

  for (const [verb, change] of Object.entries({ skip: skipDraft, restore: restoreDraft })) {
    app.post(`/batches/:batch/drafts/:draft/${verb}`, async (context) => {
      const { work, place, editor } = of(context, executor);
      await change(work, place, editor, context.req.param("draft") ?? "");
      return context.json({});
    });
  }
}

function of(context: Context<Env>, executor: Executor) {
  const { tenant: tenantId, sub: userId, email } = context.get("claims");
  const place = { tenantId, batchId: context.req.param("batch") ?? "" };
  return { work: executor.work(tenantId), place, editor: { userId, name: email || userId } };
}

/** A batch that somebody has begun, by whoever has a token for its thread. */
async function requireBatch(context: Context<Env>, executor: Executor): Promise<{ threadId: string; status: string }> {
  const { work, place } = of(context, executor);
  const [batch] = await work((tx) =>
    tx
      .select({ threadId: reconciliationBatches.threadId, status: reconciliationBatches.status })
      .from(reconciliationBatches)
      .where(eq(reconciliationBatches.id, place.batchId)),
  );
  if (!batch?.threadId || batch.threadId !== context.get("claims").thread) throw notFound();
  return { threadId: batch.threadId, status: batch.status };
}

async function parsed<T>(
  context: Context<Env>,
  schema: z.ZodType<T, z.ZodTypeDef, unknown>,
  bytesMax?: number,
): Promise<T> {
  const result = schema.safeParse(await readJson(context.req.raw, bytesMax));
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 20).map((issue) => [issue.path.join(".") || "(all)", issue.message]);
  throw new HttpError(422, "invalid_request", "Some of this is missing or not valid.", {
    fields: Object.fromEntries(fields),
  });
}
