import { and, asc, desc, eq } from "drizzle-orm";
import type { InvoiceStatus } from "@/contract/invoices";
import {
  bankTransactions,
  invoicePayments,
  invoiceResults,
  invoices,
  matchEdits,
  purchaseOrderLines,
  purchaseOrders,
} from "@/db/schema";
import { type Doors, type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { resultOfInvoice } from "./list-invoices";
import { invoicesPaidBy } from "./paid-invoices";

/** An invoice with everything that speaks for and against its status; plain values, because it goes to the browser. */
export interface InvoiceEvidence {
  row: number;
  invoiceNumber: string;
  supplier: string;
  invoiceDate: string;
  dueDate: string | null;
  /** The order as the invoice names it; empty when it names none. */
  statedPo: string;
  currency: string;
  totalMinor: number;
  taxMinor: number;
  status: InvoiceStatus | null;
  confidence: number | null;
  reasons: string[];
  reconciledAt: string | null;
  reconciledBy: string | null;
  order: {
    poNumber: string;
    supplier: string;
    poDate: string;
    currency: string;
    /** Null when a line of it could not be read. */
    netMinor: number | null;
    lines: { row: number; sku: string; description: string; qty: string; unitPrice: string }[];
  } | null;
  payments: {
    row: number;
    transactionId: string;
    bookingDate: string;
    amountMinor: number;
    currency: string;
    counterparty: string;
    reference: string;
    /** The other invoices that it pays. */
    alsoPays: { row: number; invoiceNumber: string }[];
  }[];
  /** What people changed about its match, the latest first. */
  edits: { id: string; by: string; at: string; note: string; undoneAt: string | null }[];
}

/** The invoice of a row, or null when the set has none there, or is not the tenant's. */
export async function getEvidence(
  context: TenantContext,
  batchId: string,
  row: number,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<InvoiceEvidence | null> {
  return doors.withTenant(context, async (tx) => {
    const [found] = await tx
      .select({ invoice: invoices, result: invoiceResults })
      .from(invoices)
      .leftJoin(invoiceResults, resultOfInvoice)
      .where(and(eq(invoices.batchId, batchId), eq(invoices.row, row)));
    if (!found) return null;
    const { invoice, result } = found;
    return {
      row,
      invoiceNumber: invoice.invoiceNumber,
      supplier: invoice.supplier,
      invoiceDate: invoice.invoiceDate,
      dueDate: invoice.dueDate,
      statedPo: invoice.poNumber,
      currency: invoice.currency,
      totalMinor: invoice.totalMinor,
      taxMinor: invoice.taxMinor,
      status: (result?.status ?? null) as InvoiceStatus | null,
      confidence: result?.confidence ?? null,
      reasons: result?.reasons ?? [],
      reconciledAt: invoice.reconciledAt?.toISOString() ?? null,
      reconciledBy: invoice.reconciledBy,
      order: result?.poNumber ? await orderOf(tx, batchId, result.poNumber) : null,
      payments: await paymentsOf(tx, batchId, row),
      edits: await editsOf(tx, batchId, row),
    };
  });
}

async function orderOf(tx: Tx, batchId: string, poNumber: string): Promise<InvoiceEvidence["order"]> {
  const [order] = await tx
    .select()
    .from(purchaseOrders)
    .where(and(eq(purchaseOrders.batchId, batchId), eq(purchaseOrders.poNumber, poNumber)));
  if (!order) return null;
  const { supplier, poDate, currency, netMinor } = order;
  const lines = await tx
    .select({
      row: purchaseOrderLines.row,
      sku: purchaseOrderLines.sku,
      description: purchaseOrderLines.description,
      qty: purchaseOrderLines.qty,
      unitPrice: purchaseOrderLines.unitPrice,
    })
    .from(purchaseOrderLines)
    .where(and(eq(purchaseOrderLines.batchId, batchId), eq(purchaseOrderLines.poNumber, poNumber)))
    .orderBy(asc(purchaseOrderLines.row));
  return { poNumber, supplier, poDate, currency, netMinor, lines };
}

async function paymentsOf(tx: Tx, batchId: string, invoiceRow: number): Promise<InvoiceEvidence["payments"]> {
  const payments = await tx
    .select({
      row: bankTransactions.row,
      transactionId: bankTransactions.transactionId,
      bookingDate: bankTransactions.bookingDate,
      amountMinor: bankTransactions.amountMinor,
      currency: bankTransactions.currency,
      counterparty: bankTransactions.counterparty,
      reference: bankTransactions.reference,
    })
    .from(invoicePayments)
    .innerJoin(
      bankTransactions,
      and(
        eq(bankTransactions.tenantId, invoicePayments.tenantId),
        eq(bankTransactions.batchId, invoicePayments.batchId),
        eq(bankTransactions.row, invoicePayments.transactionRow),
      ),
    )
    .where(and(eq(invoicePayments.batchId, batchId), eq(invoicePayments.invoiceRow, invoiceRow)))
    .orderBy(asc(bankTransactions.bookingDate), asc(bankTransactions.row));
  const paid = await invoicesPaidBy(
    tx,
    batchId,
    payments.map(({ row }) => row),
  );
  return payments.map((payment) => ({
    ...payment,
    alsoPays: (paid.get(payment.row) ?? []).filter(({ row }) => row !== invoiceRow),
  }));
}

async function editsOf(tx: Tx, batchId: string, row: number): Promise<InvoiceEvidence["edits"]> {
  const edits = await tx
    .select()
    .from(matchEdits)
    .where(and(eq(matchEdits.batchId, batchId), eq(matchEdits.row, row)))
    .orderBy(desc(matchEdits.createdAt), desc(matchEdits.id));
  return edits.map(({ id, edit, editedBy, createdAt, undoneAt }) => ({
    id,
    by: editedBy,
    at: createdAt.toISOString(),
    note: typeof edit.note === "string" ? edit.note : "",
    undoneAt: undoneAt?.toISOString() ?? null,
  }));
}
