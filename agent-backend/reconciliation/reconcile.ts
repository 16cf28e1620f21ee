import type { BankTransaction, Books, Invoice } from "./books";
import { toInvoiceResult } from "./judgement/invoice-result";
import { judgeTransaction } from "./judgement/judge-transaction";
import { type Match, matchPayments } from "./matching/match-payments";
import { NameIndex } from "./names/name-index";
import { findDuplicateInvoices } from "./orders/duplicate-invoices";
import { buildOrders, type Order } from "./orders/orders";
import { type Resolution, resolveOrders } from "./orders/resolve-orders";
import { type Progress, Pulse } from "./pulse";
import type { InvoiceResult, OrderResult, Reconciliation } from "./result";

export interface ReconcileOptions {
  onProgress?: (progress: Progress) => void;
  /** Aborting it makes `reconcile` throw the signal's reason at its next turn, within about 20 ms. */
  signal?: AbortSignal;
}

/**
 * Reconciles invoices with the orders they bill and the bank transactions that pay them. Pure: the same books give the
 * same result, whatever the order of their rows. Every row of the books is in exactly one list of the result.
 * It gives up the event loop about every 12 ms.
 */
export async function reconcile(books: Books, options: ReconcileOptions = {}): Promise<Reconciliation> {
  const pulse = new Pulse(options.onProgress, options.signal);
  const invoices = [...books.invoices].sort((a, b) => a.row - b.row);
  const transactions = [...books.transactions].sort((a, b) => a.row - b.row);

  pulse.begin("ingest_docs", 3);
  const orders = buildOrders(books.orderLines, books.refused);
  await pulse.beat(1, 3);
  const names = new NameIndex([...orders.map(({ supplier }) => supplier), ...invoices.map(({ supplier }) => supplier)]);
  await pulse.beat(2, 3);
  const resolutions = resolveOrders(invoices, orders, names);
  const duplicates = findDuplicateInvoices(invoices, resolutions, names);
  await pulse.beat(3, 3);

  pulse.begin("match_invoices", transactions.length);
  const payable = invoices.filter((invoice) => !duplicates.has(invoice));
  const matches = await matchPayments(payable, transactions, resolutions, names, pulse);

  pulse.begin("detect_anomalies", invoices.length);
  const { byInvoice, byTransaction } = indexMatches(matches);
  const results = new Map<Invoice, InvoiceResult>();
  for (const [done, invoice] of invoices.entries()) {
    const resolution = resolutions.get(invoice) as Resolution;
    const duplicate = duplicates.get(invoice);
    results.set(invoice, toInvoiceResult({ invoice, resolution, duplicate, matches: byInvoice.get(invoice) ?? [] }));
    await pulse.beat(done + 1, invoices.length);
  }
  return {
    invoices: [...results.values()],
    transactions: transactions.map((transaction) =>
      judgeTransaction(transaction, byTransaction.get(transaction), results),
    ),
    orders: toOrderResults(orders, resolutions),
    refused: books.refused,
  };
}

function indexMatches(matches: Match[]) {
  const byInvoice = new Map<Invoice, Match[]>();
  const byTransaction = new Map<BankTransaction, Match>();
  for (const match of matches) {
    for (const invoice of new Set(match.pairs.map(({ payable }) => payable.invoice))) {
      byInvoice.set(invoice, [...(byInvoice.get(invoice) ?? []), match]);
    }
    for (const { payment } of match.pairs) byTransaction.set(payment.transaction, match);
  }
  return { byInvoice, byTransaction };
}

function toOrderResults(orders: Order[], resolutions: Map<Invoice, Resolution>): OrderResult[] {
  const rowsOf = new Map<Order, number[]>();
  for (const [invoice, { order }] of resolutions) {
    if (order) rowsOf.set(order, [...(rowsOf.get(order) ?? []), invoice.row]);
  }
  return orders.map((order) => ({
    po_number: order.poNumber,
    rows: order.rows,
    invoice_rows: (rowsOf.get(order) ?? []).sort((a, b) => a - b),
  }));
}
