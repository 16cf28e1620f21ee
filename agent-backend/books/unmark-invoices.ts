import { and, eq, isNotNull, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { auditLog, invoices } from "@/db/schema";
import { reviseQuestion } from "../graphs/invoices/review-question";
import { notFound } from "../http-error";
import type { TenantWork } from "../tenant-work";
import type { Editor } from "./edit-match";
import { lockBatch, type Place } from "./match-rows";

/** Takes marks back, with an audit entry. Returns how many there were. They are set again by the next approval. Throws not_found. */
export async function unmarkInvoices(
  work: TenantWork,
  place: Place,
  editor: Editor,
  rows: readonly number[],
): Promise<number> {
  return work(async (tx) => {
    if ((await lockBatch(tx, place)) === null) throw notFound();
    const unmarked = await tx
      .update(invoices)
      .set({ reconciledAt: null, reconciledBy: null })
      .where(
        and(
          eq(invoices.batchId, place.batchId),
          isNotNull(invoices.reconciledAt),
          sql`${invoices.row} = any(${sql.param(`{${rows.join(",")}}`)}::int[])`,
        ),
      )
      .returning({ row: invoices.row });
    if (unmarked.length === 0) return 0;
    await tx.insert(auditLog).values({
      id: newId("aud"),
      tenantId: place.tenantId,
      userId: editor.userId,
      action: "invoice.unreconcile",
      target: place.batchId,
      detail: { rows: unmarked.map(({ row }) => row).sort((a, b) => a - b) },
    });
    await reviseQuestion(tx, place);
    return unmarked.length;
  });
}
