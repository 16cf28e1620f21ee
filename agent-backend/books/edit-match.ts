import { and, eq, sql } from "drizzle-orm";
import type { InvoiceStatus, MatchEdit } from "@/contract/invoices";
import { newId } from "@/db/ids";
import { auditLog, matchEdits, purchaseOrders } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import { reviseQuestion } from "../graphs/invoices/review-question";
import { HttpError, notFound } from "../http-error";
import { roundingTolerance } from "../reconciliation/money";
import type { TenantWork } from "../tenant-work";
import { type HandInvoice, type HandOrder, judgeByHand } from "./judge-by-hand";
import {
  type InvoiceSnapshot,
  listMatchRows,
  listTransactionRows,
  lockBatch,
  type MatchRow,
  type Place,
  putInvoice,
  putTransaction,
  type Snapshot,
  statusByInvoices,
} from "./match-rows";

/** Who acts: from a verified token. */
export interface Editor {
  userId: string;
  /** As it is shown: an address. */
  name: string;
}

/** Whether results may be changed now: only while people are asked, and never under the engine's hands. */
export async function requireWaiting(tx: Tx, place: Place): Promise<void> {
  const status = await lockBatch(tx, place);
  if (status === null) throw notFound();
  if (status !== "waiting")
    throw new HttpError(409, "not_waiting", "This batch is at work or closed. Matches change while it waits for you.");
}

/**
 * Has a person say which payments pay an invoice, and which order it bills. A payment that is large enough for all its invoices is shared;
 * otherwise it is taken from the others. One transaction with its audit entry. Throws HttpError: not_found, not_waiting, reconciled (of this
 * invoice, or of one that a payment would be taken from), invalid_request with fields.
 */
export async function editMatch(
  work: TenantWork,
  place: Place,
  editor: Editor,
  row: number,
  edit: MatchEdit,
): Promise<{ editId: string }> {
  return work(async (tx) => {
    await requireWaiting(tx, place);
    const [invoice] = await listMatchRows(tx, place, [row]);
    if (!invoice) throw notFound();
    requireOpen(invoice);
    const chosen = [...new Set(edit.transactionRows)];
    const touched = await listTransactionRows(tx, place, [...new Set([...chosen, ...invoice.transactionRows])]);
    const payments = chosen.map((one) => touched.find((transaction) => transaction.row === one));
    if (payments.some((payment) => payment === undefined))
      throw wrong("transactionRows", "a bank line is not in this batch");
    if (payments.some((payment) => payment && Math.sign(payment.amountMinor) === Math.sign(invoice.totalMinor)))
      throw wrong("transactionRows", "money that came in pays no invoice");
    const order = await orderOf(tx, place, invoice, edit.poNumber);

    const others = await listMatchRows(tx, place, [
      ...new Set(touched.flatMap(({ invoiceRows }) => invoiceRows).filter((other) => other !== row)),
    ]);
    const takenFrom = new Map<number, number[]>();
    const shared = new Set<number>();
    for (const payment of payments) {
      if (!payment) continue;
      const sharers = others.filter(({ row: other }) => payment.invoiceRows.includes(other));
      if (sharers.length === 0) continue;
      const needed = [invoice, ...sharers].reduce((sum, { totalMinor }) => sum + totalMinor, 0);
      if (Math.abs(payment.amountMinor) >= needed - roundingTolerance(invoice.currency)) shared.add(payment.row);
      else for (const { row: other } of sharers) takenFrom.set(other, [...(takenFrom.get(other) ?? []), payment.row]);
    }
    const losers = others.filter(({ row: other }) => takenFrom.has(other));
    for (const loser of losers) requireOpen(loser);

    const before: Snapshot[] = [
      ...[invoice, ...losers].map(snapshotOf),
      ...touched.map(({ row, status, confidence, reasons }) => ({
        kind: "transaction" as const,
        row,
        status,
        confidence,
        reasons,
      })),
    ];
    const paid = payments.flatMap((payment) =>
      payment
        ? [
            {
              transactionId: payment.transactionId,
              currency: payment.currency,
              paid: Math.abs(payment.amountMinor),
              shared: shared.has(payment.row),
            },
          ]
        : [],
    );
    const verdict = judgeByHand(billOf(invoice), order, paid);
    await putInvoice(tx, place, {
      ...snapshotOf(invoice),
      status: verdict.status,
      poNumber: order?.poNumber ?? null,
      confidence: 1,
      reasons: [verdict.reason, `Matched by hand by ${editor.name}.`, ...(edit.note ? [edit.note] : [])],
      proposed: verdict.status === "matched" || verdict.status === "split_payment",
      editedBy: editor.name,
      transactionRows: chosen,
    });
    for (const loser of losers) await takeFrom(tx, place, loser, takenFrom.get(loser.row) ?? [], invoice, editor);
    for (const { row: transactionRow } of touched) {
      const status = await statusByInvoices(tx, place, transactionRow);
      const reasons = [`Matched by hand by ${editor.name}.`];
      await putTransaction(tx, place, { kind: "transaction", row: transactionRow, status, confidence: 1, reasons });
    }

    const editId = newId("edt");
    const rows = [row, ...losers.map((loser) => loser.row)];
    await tx.insert(matchEdits).values({
      ...place,
      id: editId,
      row,
      rows,
      edit: { ...edit, transactionRows: chosen },
      before: before.map((snapshot) => ({ ...snapshot })),
      editedBy: editor.name,
    });
    await tx.insert(auditLog).values({
      id: newId("aud"),
      tenantId: place.tenantId,
      userId: editor.userId,
      action: "invoice.match",
      target: place.batchId,
      detail: { editId, rows, transactionRows: chosen, status: verdict.status },
    });
    await reviseQuestion(tx, place);
    return { editId };
  });
}

/** The other invoice without those payments, judged again by what it has left. */
async function takeFrom(
  tx: Tx,
  place: Place,
  loser: MatchRow,
  gone: readonly number[],
  taker: MatchRow,
  editor: Editor,
): Promise<void> {
  const left = loser.transactionRows.filter((one) => !gone.includes(one));
  const payments = await listTransactionRows(tx, place, left);
  const order = await orderOf(tx, place, loser, undefined);
  const verdict = judgeByHand(
    billOf(loser),
    order,
    payments.map(({ transactionId, currency, amountMinor, invoiceRows }) => ({
      transactionId,
      currency,
      paid: Math.abs(amountMinor),
      shared: invoiceRows.length > 1,
    })),
  );
  await putInvoice(tx, place, {
    ...snapshotOf(loser),
    status: verdict.status,
    reasons: [verdict.reason, `Its payment was given to ${taker.invoiceNumber} by ${editor.name}.`],
    confidence: 1,
    proposed: false,
    transactionRows: left,
  });
}

async function orderOf(
  tx: Tx,
  { batchId }: Place,
  invoice: MatchRow,
  wanted: string | null | undefined,
): Promise<HandOrder | null> {
  const number = wanted === undefined ? invoice.poNumber : wanted;
  if (number === null) return null;
  const [order] = await tx
    .select({
      poNumber: purchaseOrders.poNumber,
      currency: purchaseOrders.currency,
      net: purchaseOrders.netMinor,
      lines: purchaseOrders.lines,
    })
    .from(purchaseOrders)
    .where(and(eq(purchaseOrders.batchId, batchId), eq(sql`upper(${purchaseOrders.poNumber})`, number.toUpperCase())));
  if (!order && wanted) throw wrong("poNumber", `there is no order ${wanted} in this batch`);
  return order ?? null;
}

export function requireOpen({ invoiceNumber, reconciledAt }: Pick<MatchRow, "invoiceNumber" | "reconciledAt">): void {
  if (reconciledAt)
    throw new HttpError(409, "reconciled", `${invoiceNumber} is marked as reconciled. Take the mark back first.`);
}

function billOf({ status, currency, totalMinor: total, taxMinor: tax }: MatchRow): HandInvoice {
  return { status: status as InvoiceStatus, currency, total, tax };
}

function snapshotOf(row: MatchRow): InvoiceSnapshot {
  const { status, poNumber, confidence, reasons, proposed, editedBy, transactionRows } = row;
  return { kind: "invoice", row: row.row, status, poNumber, confidence, reasons, proposed, editedBy, transactionRows };
}

const wrong = (field: string, message: string) =>
  new HttpError(422, "invalid_request", "This match does not fit.", { fields: { [field]: message } });
