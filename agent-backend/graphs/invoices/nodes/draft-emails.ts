import { and, asc, eq, inArray } from "drizzle-orm";
import type { InvoiceState, InvoiceStatus } from "@/contract/invoices";
import { newId } from "@/db/ids";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { emailDrafts, invoiceResults, invoices, suppliers, tenants } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import { portions } from "../../../books/row-values";
import { totalsOf } from "../../../books/totals";
import { prepareName } from "../../../reconciliation/names/normalize-name";
import { countWords } from "../count-words";
import { type InvoiceWorld, reportBatch, turnRound } from "../invoice-world";
import { type Concern, draftLetter, LETTER_STATUSES } from "../letter";
import type { InvoiceUpdate } from "../state";
import { done } from "../steps";

/** draft_emails: one letter to each supplier whose invoices need an answer; a node of its own, so that they are written once. */
export async function draftEmails(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const totals = await world.work(async (tx) => {
    await joinWholeBatches(tx);
    const concerns = await listConcerns(tx, state.batchId);
    const addresses = await addressesOf(tx);
    const [tenant] = await tx.select({ name: tenants.name }).from(tenants).where(eq(tenants.id, world.tenantId));
    const letters = [...Map.groupBy(concerns, ({ supplier }) => keyOf(supplier)).entries()].map(([key, about]) => {
      const supplier = about[0]?.supplier ?? "";
      return {
        tenantId: world.tenantId,
        id: newId("eml"),
        batchId: state.batchId,
        threadId: state.threadId,
        supplier,
        toAddress: addresses.get(key) ?? "",
        invoiceRows: about.map(({ row }) => row),
        ...draftLetter(supplier, tenant?.name ?? "", about),
      };
    });
    for (const some of portions(letters, 500)) await tx.insert(emailDrafts).values(some).onConflictDoNothing();
    return totalsOf(tx, state.batchId);
  });
  await reportBatch(world, state, { step: "review" });
  const { ready, withoutAddress } = totals.drafts;
  const letters = countWords(ready, "letter");
  const note = withoutAddress > 0 ? `${letters}, ${withoutAddress} without an address` : letters;
  return { ...totals, progress: null, steps: done(state, "draft_emails", note) };
}

async function listConcerns(tx: Tx, batchId: string): Promise<Concern[]> {
  const rows = await tx
    .select({
      row: invoices.row,
      invoiceNumber: invoices.invoiceNumber,
      supplier: invoices.supplier,
      invoiceDate: invoices.invoiceDate,
      currency: invoices.currency,
      totalMinor: invoices.totalMinor,
      status: invoiceResults.status,
      reasons: invoiceResults.reasons,
    })
    .from(invoiceResults)
    .innerJoin(
      invoices,
      and(
        eq(invoices.tenantId, invoiceResults.tenantId),
        eq(invoices.batchId, invoiceResults.batchId),
        eq(invoices.row, invoiceResults.row),
      ),
    )
    .where(and(eq(invoiceResults.batchId, batchId), inArray(invoiceResults.status, [...LETTER_STATUSES])))
    .orderBy(asc(invoices.row));
  return rows.map(({ reasons, status, ...row }) => ({
    ...row,
    status: status as InvoiceStatus,
    reason: reasons[0] ?? "",
  }));
}

async function addressesOf(tx: Tx): Promise<Map<string, string>> {
  const known = await tx.select({ name: suppliers.name, email: suppliers.email }).from(suppliers);
  return new Map(known.map(({ name, email }) => [keyOf(name), email]));
}

/** Spellings of one supplier's name get one letter. */
const keyOf = (supplier: string) => prepareName(supplier).words.join(" ") || supplier;
