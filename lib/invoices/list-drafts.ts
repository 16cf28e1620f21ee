import { and, asc, eq, inArray } from "drizzle-orm";
import { emailDrafts, invoices, reconciliationBatches } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";

/** A letter to a supplier; plain values, because it goes to the browser. */
export interface Letter {
  id: string;
  supplier: string;
  /** Empty when nobody knows an address. */
  to: string;
  subject: string;
  body: string;
  /** The invoices that it is about. */
  invoices: { row: number; invoiceNumber: string }[];
  state: (typeof emailDrafts.$inferSelect)["state"];
  /** Why it could not be sent, or who left it out. */
  note: string;
  editedBy: string | null;
  sentAt: string | null;
}

/** The letters of the set's reconciliation, by supplier. */
export async function listDrafts(
  context: TenantContext,
  batchId: string,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<Letter[]> {
  return doors.withTenant(context, async (tx) => {
    const drafts = await tx
      .select({ draft: emailDrafts })
      .from(emailDrafts)
      .innerJoin(
        reconciliationBatches,
        and(
          eq(reconciliationBatches.tenantId, emailDrafts.tenantId),
          eq(reconciliationBatches.id, emailDrafts.batchId),
          eq(reconciliationBatches.threadId, emailDrafts.threadId),
        ),
      )
      .where(eq(emailDrafts.batchId, batchId))
      .orderBy(asc(emailDrafts.supplier));
    const rows = [...new Set(drafts.flatMap(({ draft }) => draft.invoiceRows))];
    const named =
      rows.length > 0
        ? await tx
            .select({ row: invoices.row, invoiceNumber: invoices.invoiceNumber })
            .from(invoices)
            .where(and(eq(invoices.batchId, batchId), inArray(invoices.row, rows)))
        : [];
    const numbers = new Map(named.map(({ row, invoiceNumber }) => [row, invoiceNumber]));
    return drafts.map(({ draft }) => ({
      id: draft.id,
      supplier: draft.supplier,
      to: draft.toAddress,
      subject: draft.subject,
      body: draft.body,
      invoices: draft.invoiceRows.map((row) => ({ row, invoiceNumber: numbers.get(row) ?? `row ${row}` })),
      state: draft.state,
      note: draft.note,
      editedBy: draft.editedBy,
      sentAt: draft.sentAt?.toISOString() ?? null,
    }));
  });
}
