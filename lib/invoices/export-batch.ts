import { and, asc, between, eq, gt, type SQL } from "drizzle-orm";
import { joinWholeBatches } from "@/db/join-whole-batches";
import {
  bankTransactions,
  invoicePayments,
  invoiceResults,
  invoices,
  reconciliationBatches,
  refusedRows,
  transactionResults,
} from "@/db/schema";
import { type Doors, type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { notFound } from "@/lib/failures/app-error";

const PORTION_ROWS = 1_000;
const COLUMNS = [
  "kind",
  "row",
  "number",
  "supplier_or_counterparty",
  "date",
  "currency",
  "amount_minor",
  "status",
  "po_number",
  "matched_with",
  "confidence",
  "reconciled_by",
  "reasons",
] as const;
type Line = Partial<Record<(typeof COLUMNS)[number], string | number | null | undefined>>;

/** A part of the export: lines after a key, and the key of the last one. */
type Part = (tx: Tx, batchId: string, after: number) => Promise<{ lines: Line[]; last: number | undefined }>;

/**
 * Every row that the batch's files had, with its result or with why it could not be read, as CSV that is written while it is read. Throws
 * `not_found`.
 */
export async function exportBatch(
  context: TenantContext,
  batchId: string,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<Response> {
  const [batch] = await doors.withTenant(context, (tx) =>
    tx
      .select({ title: reconciliationBatches.title })
      .from(reconciliationBatches)
      .where(eq(reconciliationBatches.id, batchId)),
  );
  if (!batch) throw notFound();
  const portions = exportPortions(context, batchId, doors);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await portions.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    async cancel() {
      await portions.return(undefined);
    },
  });
  const filename = `reconciliation-${batch.title.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 60)}.csv`;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${filename}"`,
      "cache-control": "no-store",
    },
  });
}

/** The file in portions of whole lines, each read in a transaction of its own: a slow reader holds none open. */
async function* exportPortions(
  context: TenantContext,
  batchId: string,
  doors: Pick<Doors, "withTenant">,
): AsyncGenerator<string, void, undefined> {
  yield `\uFEFF${COLUMNS.join(",")}\r\n`;
  for (const part of [invoiceLines, transactionLines, refusedLines]) {
    for (let after: number | undefined = -1; after !== undefined; ) {
      const from: number = after;
      const { lines, last } = await doors.withTenant(context, async (tx) => {
        await joinWholeBatches(tx);
        return part(tx, batchId, from);
      });
      if (lines.length > 0) yield lines.map(csvLine).join("");
      after = lines.length === PORTION_ROWS ? last : undefined;
    }
  }
}

const invoiceLines: Part = async (tx, batchId, after) => {
  const rows = await tx
    .select({ invoice: invoices, result: invoiceResults })
    .from(invoices)
    .leftJoin(
      invoiceResults,
      and(
        eq(invoiceResults.tenantId, invoices.tenantId),
        eq(invoiceResults.batchId, invoices.batchId),
        eq(invoiceResults.row, invoices.row),
      ),
    )
    .where(and(eq(invoices.batchId, batchId), gt(invoices.row, after)))
    .orderBy(asc(invoices.row))
    .limit(PORTION_ROWS);
  const last = rows.at(-1)?.invoice.row;
  const paid = await paymentsOf(tx, batchId, between(invoicePayments.invoiceRow, after + 1, last ?? 0));
  const payments = Map.groupBy(paid, ({ invoiceRow }) => invoiceRow);
  const lines = rows.map(({ invoice, result }) => ({
    kind: "invoice",
    row: invoice.row,
    number: invoice.invoiceNumber,
    supplier_or_counterparty: invoice.supplier,
    date: invoice.invoiceDate,
    currency: invoice.currency,
    amount_minor: invoice.totalMinor,
    status: result?.status,
    po_number: result?.poNumber,
    matched_with: payments
      .get(invoice.row)
      ?.map(({ transactionId }) => transactionId)
      .join(" "),
    confidence: result?.confidence,
    reconciled_by: invoice.reconciledBy,
    reasons: result?.reasons.join(" "),
  }));
  return { lines, last };
};

const transactionLines: Part = async (tx, batchId, after) => {
  const rows = await tx
    .select({ transaction: bankTransactions, result: transactionResults })
    .from(bankTransactions)
    .leftJoin(
      transactionResults,
      and(
        eq(transactionResults.tenantId, bankTransactions.tenantId),
        eq(transactionResults.batchId, bankTransactions.batchId),
        eq(transactionResults.row, bankTransactions.row),
      ),
    )
    .where(and(eq(bankTransactions.batchId, batchId), gt(bankTransactions.row, after)))
    .orderBy(asc(bankTransactions.row))
    .limit(PORTION_ROWS);
  const last = rows.at(-1)?.transaction.row;
  const paid = await paymentsOf(tx, batchId, between(invoicePayments.transactionRow, after + 1, last ?? 0));
  const bills = Map.groupBy(paid, ({ transactionRow }) => transactionRow);
  const lines = rows.map(({ transaction, result }) => ({
    kind: "transaction",
    row: transaction.row,
    number: transaction.transactionId,
    supplier_or_counterparty: transaction.counterparty,
    date: transaction.bookingDate,
    currency: transaction.currency,
    amount_minor: transaction.amountMinor,
    status: result?.status,
    matched_with: bills
      .get(transaction.row)
      ?.map(({ invoiceNumber }) => invoiceNumber)
      .join(" "),
    confidence: result?.confidence,
    reasons: result?.reasons.join(" "),
  }));
  return { lines, last };
};

const refusedKinds = {
  purchase_orders: "order line",
  invoices: "invoice",
  bank_transactions: "transaction",
} as const;

const refusedLines: Part = async (tx, batchId, after) => {
  const rows = await tx
    .select()
    .from(refusedRows)
    .where(and(eq(refusedRows.batchId, batchId), gt(refusedRows.no, after)))
    .orderBy(asc(refusedRows.no))
    .limit(PORTION_ROWS);
  const lines = rows.map(({ file, row, column, value, reason }) => ({
    kind: refusedKinds[file],
    row,
    status: "refused",
    reasons: `${column ? `${column}: ` : ""}${value === "" ? "" : `“${value}” `}${reason}`,
  }));
  return { lines, last: rows.at(-1)?.no };
};

/** Which payments pay which invoices, in the order of the files. */
async function paymentsOf(tx: Tx, batchId: string, portion: SQL) {
  return tx
    .select({
      invoiceRow: invoicePayments.invoiceRow,
      transactionRow: invoicePayments.transactionRow,
      invoiceNumber: invoices.invoiceNumber,
      transactionId: bankTransactions.transactionId,
    })
    .from(invoicePayments)
    .innerJoin(
      invoices,
      and(
        eq(invoices.tenantId, invoicePayments.tenantId),
        eq(invoices.batchId, invoicePayments.batchId),
        eq(invoices.row, invoicePayments.invoiceRow),
      ),
    )
    .innerJoin(
      bankTransactions,
      and(
        eq(bankTransactions.tenantId, invoicePayments.tenantId),
        eq(bankTransactions.batchId, invoicePayments.batchId),
        eq(bankTransactions.row, invoicePayments.transactionRow),
      ),
    )
    .where(and(eq(invoicePayments.batchId, batchId), portion))
    .orderBy(asc(invoicePayments.invoiceRow), asc(invoicePayments.transactionRow));
}

/** RFC 4180; a text that a spreadsheet would take for a formula is quoted away from it. */
function csvLine(line: Line): string {
  const cells = COLUMNS.map((column) => {
    const value = line[column] ?? "";
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(",")}\r\n`;
}
