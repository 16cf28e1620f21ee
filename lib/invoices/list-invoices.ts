import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { InvoiceStatus } from "@/contract/invoices";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { bankTransactions, invoicePayments, invoiceResults, invoices } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";
import type { InvoiceFilter, InvoicePage, InvoiceSort } from "./invoice-filter";
import { likeWords } from "./like-words";

/** One line of the review table; plain values, because it goes to the browser. */
export interface InvoiceRow {
  /** The line of the file: its key, because numbers repeat. */
  row: number;
  invoiceNumber: string;
  supplier: string;
  totalMinor: number;
  currency: string;
  /** Null while the set was not reconciled. */
  status: InvoiceStatus | null;
  confidence: number | null;
  /** The reason that decided. */
  reason: string;
  proposed: boolean;
  editedBy: string | null;
  reconciledAt: string | null;
}

export const resultOfInvoice = and(
  eq(invoiceResults.tenantId, invoices.tenantId),
  eq(invoiceResults.batchId, invoices.batchId),
  eq(invoiceResults.row, invoices.row),
);

/** A part of the invoices of a set, and how many the filter finds in all. A set of another tenant has none. */
export async function listInvoices(
  context: TenantContext,
  batchId: string,
  { sort, descending, offset, limit, ...filter }: InvoicePage,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<{ total: number; rows: InvoiceRow[] }> {
  return doors.withTenant(context, async (tx) => {
    await joinWholeBatches(tx);
    const where = whereOf(batchId, filter);
    const [counted] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(invoices)
      .leftJoin(invoiceResults, resultOfInvoice)
      .where(where);
    const rows = await tx
      .select({
        row: invoices.row,
        invoiceNumber: invoices.invoiceNumber,
        supplier: invoices.supplier,
        totalMinor: invoices.totalMinor,
        currency: invoices.currency,
        status: invoiceResults.status,
        confidence: invoiceResults.confidence,
        reason: sql<string>`coalesce(${invoiceResults.reasons}[1], '')`,
        proposed: sql<boolean>`coalesce(${invoiceResults.proposed}, false)`,
        editedBy: invoiceResults.editedBy,
        reconciledAt: invoices.reconciledAt,
      })
      .from(invoices)
      .leftJoin(invoiceResults, resultOfInvoice)
      .where(where)
      .orderBy((descending ? desc : asc)(sortColumns[sort]), asc(invoices.row))
      .offset(offset)
      .limit(limit);
    return {
      total: counted?.total ?? 0,
      rows: rows.map((row) => ({
        ...row,
        status: row.status as InvoiceStatus | null,
        reconciledAt: row.reconciledAt?.toISOString() ?? null,
      })),
    };
  });
}

/** The rows of all invoices that the filter finds, to do something with each. */
export async function listInvoiceRowNumbers(
  context: TenantContext,
  batchId: string,
  filter: InvoiceFilter,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<number[]> {
  const rows = await doors.withTenant(context, async (tx) => {
    await joinWholeBatches(tx);
    return tx
      .select({ row: invoices.row })
      .from(invoices)
      .leftJoin(invoiceResults, resultOfInvoice)
      .where(whereOf(batchId, filter))
      .orderBy(asc(invoices.row));
  });
  return rows.map(({ row }) => row);
}

const sortColumns: Record<InvoiceSort, SQL | typeof invoices.row> = {
  row: invoices.row,
  supplier: sql`lower(${invoices.supplier})`,
  amount: sql`${invoices.totalMinor}`,
  confidence: sql`${invoiceResults.confidence}`,
};

function whereOf(batchId: string, { statuses, show, q }: InvoiceFilter): SQL | undefined {
  return and(
    eq(invoices.batchId, batchId),
    statuses.length > 0 ? inArray(invoiceResults.status, statuses) : undefined,
    shown[show],
    ...likeWords(q).map((pattern) =>
      or(
        ilike(invoices.invoiceNumber, pattern),
        ilike(invoices.supplier, pattern),
        ilike(invoices.poNumber, pattern),
        ilike(invoiceResults.poNumber, pattern),
        // Of the set and not of each invoice, so that it is looked up once.
        sql`${invoices.row} in (
          select p.invoice_row from ${invoicePayments} p
          join ${bankTransactions} t
            on t.tenant_id = p.tenant_id and t.batch_id = p.batch_id and t.row = p.transaction_row
          where p.batch_id = ${batchId} and t.transaction_id ilike ${pattern}
        )`,
      ),
    ),
  );
}

const shown: Record<InvoiceFilter["show"], SQL | undefined> = {
  all: undefined,
  open: isNull(invoices.reconciledAt),
  proposed: and(isNull(invoices.reconciledAt), eq(invoiceResults.proposed, true)),
  reconciled: isNotNull(invoices.reconciledAt),
  edited: isNotNull(invoiceResults.editedBy),
};
