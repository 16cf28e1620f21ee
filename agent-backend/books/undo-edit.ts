import { and, eq, isNull, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { auditLog, matchEdits } from "@/db/schema";
import { reviseQuestion } from "../graphs/invoices/review-question";
import { HttpError, notFound } from "../http-error";
import type { TenantWork } from "../tenant-work";
import { type Editor, requireOpen, requireWaiting } from "./edit-match";
import { listMatchRows, type Place, putInvoice, putTransaction, type Snapshot } from "./match-rows";

/**
 * Puts back what an edit replaced. Only the latest edit of its invoices can be undone, so that each undo leads to a state that was there
 * before. Throws HttpError: not_found, not_waiting, already_undone, later_edit, reconciled.
 */
export async function undoEdit(work: TenantWork, place: Place, editor: Editor, editId: string): Promise<void> {
  await work(async (tx) => {
    await requireWaiting(tx, place);
    const standing = await tx
      .select()
      .from(matchEdits)
      .where(and(eq(matchEdits.batchId, place.batchId), isNull(matchEdits.undoneAt)));
    const edit = standing.find(({ id }) => id === editId);
    if (!edit) return refuseMissing();
    const later = standing.some(
      (one) => one.id !== editId && one.createdAt >= edit.createdAt && one.rows.some((row) => edit.rows.includes(row)),
    );
    if (later) throw new HttpError(409, "later_edit", "A later edit stands on this one. Undo that first.");
    for (const row of await listMatchRows(tx, place, edit.rows)) requireOpen(row);
    const before = edit.before as unknown as Snapshot[];
    for (const snapshot of before) {
      if (snapshot.kind === "invoice") await putInvoice(tx, place, snapshot);
      else await putTransaction(tx, place, snapshot);
    }
    await tx.update(matchEdits).set({ undoneAt: sql`now()`, undoneBy: editor.name }).where(eq(matchEdits.id, editId));
    await tx.insert(auditLog).values({
      id: newId("aud"),
      tenantId: place.tenantId,
      userId: editor.userId,
      action: "invoice.match_undo",
      target: place.batchId,
      detail: { editId, rows: edit.rows },
    });
    await reviseQuestion(tx, place);
  });
}

function refuseMissing(): never {
  throw notFound();
}
