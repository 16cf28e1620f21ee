import { formatMoney } from "@/contract/money";
import type { Invoice } from "../books";
import type { Match } from "../matching/match-payments";
import type { Payment } from "../matching/payable";
import type { Duplicate } from "../orders/duplicate-invoices";
import { invoiceNet, type Order } from "../orders/orders";
import type { Resolution } from "../orders/resolve-orders";
import type { InvoiceStatus } from "../result";
import { type Standing, standingOf } from "./status-rules";

/** What is known of one invoice once orders, duplicates and payments are settled. */
export interface InvoiceCase {
  invoice: Invoice;
  resolution: Resolution;
  duplicate: Duplicate | undefined;
  /** The matches that include the invoice. */
  matches: Match[];
}

export interface Verdict {
  status: InvoiceStatus;
  reason: string;
}

/** The status, and why in words. */
export function judgeInvoice({ invoice, resolution, duplicate, matches }: InvoiceCase): Verdict {
  const { order } = resolution;
  const payments = paymentsOf(matches);
  const batch = matches.find(({ kind }) => kind === "batch");
  const shares = payments.map((payment) => ({
    currency: payment.transaction.currency,
    paid: payment.paid,
    shared: batch?.pairs[0]?.payment === payment,
  }));
  const ordered = order && { currency: order.currency, net: order.net, lines: order.rows.length };
  const standing = standingOf(invoice, ordered, shares, duplicate !== undefined);
  const reason = () => {
    if (duplicate) return copyWords(invoice, duplicate);
    if (!order) return missingWords(invoice);
    if (standing.status === "currency_mismatch") return currencyWords(invoice, order, payments);
    if (standing.status === "amount_mismatch") return netWords(invoice, order);
    return paymentWords(invoice, payments, batch, standing);
  };
  return { status: standing.status, reason: reason() };
}

function copyWords({ invoiceNumber }: Invoice, { original, how }: Duplicate): string {
  const number = {
    equal: "has the same number",
    suffixed: "has the same number but for its end",
    transposed: "has the same number but for two exchanged characters",
  }[how];
  return `Bills the same order and total as invoice ${original.invoiceNumber} in row ${original.row}, which ${number} (${invoiceNumber} here).`;
}

function missingWords({ poNumber }: Invoice): string {
  return poNumber === ""
    ? "The invoice names no order, and no order of the supplier fits it."
    : `Order ${poNumber} is not in the orders file, and no order number is a slip away from it.`;
}

function currencyWords(invoice: Invoice, order: Order, payments: readonly Payment[]): string {
  if (invoice.currency !== order.currency)
    return `The invoice is in ${invoice.currency}, order ${order.poNumber} in ${order.currency}.`;
  const foreign = payments.find(({ transaction }) => transaction.currency !== order.currency)?.transaction;
  return `Payment ${foreign?.transactionId} is in ${foreign?.currency}, order ${order.poNumber} in ${order.currency}.`;
}

function netWords(invoice: Invoice, order: Order): string {
  const ordered = order.net ?? 0;
  const difference = invoiceNet(invoice) - ordered;
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const direction = difference > 0 ? "more" : "less";
  return `Bills ${money(invoiceNet(invoice))} net, ${money(Math.abs(difference))} ${direction} than order ${order.poNumber} (${formatMoney(ordered, order.currency)}).`;
}

function paymentWords(
  { currency, total }: Invoice,
  payments: readonly Payment[],
  batch: Match | undefined,
  { status, sum, inFull, fit }: Standing,
): string {
  const money = (amount: number) => formatMoney(amount, currency);
  const [first] = payments;
  if (!first) return "No payment in the bank file fits this invoice.";
  if (status === "duplicate_payment")
    return `The total of ${money(total)} was paid ${inFull > 2 ? `${inFull} times` : "twice"}.`;
  if (payments.length === 1 && batch) return sharedWords(batch);
  const what = payments.length === 1 ? `Payment ${first.transaction.transactionId}` : `${payments.length} payments`;
  if (payments.length > 1) {
    if (fit === "over") return `${what} sum to ${money(sum)}, ${money(sum - total)} too much.`;
    if (fit === "partial") return `${what} sum to ${money(sum)}; ${money(total - sum)} is open.`;
    return `${what} sum to ${money(sum)} of ${money(total)}.`;
  }
  switch (fit) {
    case "exact":
      return `${what} is for the total${sum === total ? "" : ` but for ${money(Math.abs(sum - total))} of rounding`}.`;
    case "fee":
      return `${what} is for the total less ${money(total - sum)}, as a bank fee would be.`;
    case "over":
      return `${what} is ${money(sum - total)} more than the total.`;
    case "partial":
      return `${what} is for ${money(sum)}; ${money(total - sum)} is open.`;
  }
}

function sharedWords({ pairs }: Match): string {
  const others = pairs.length - 1;
  const id = pairs[0]?.payment.transaction.transactionId ?? "";
  return `Payment ${id} covers this and ${others} other ${others === 1 ? "invoice" : "invoices"} of the supplier.`;
}

/** The invoice's payments in the order they were booked. */
export function paymentsOf(matches: Match[]): Payment[] {
  const payments = new Set(matches.flatMap((match) => match.pairs.map(({ payment }) => payment)));
  return [...payments].sort((a, b) => a.transaction.bookingDay - b.transaction.bookingDay || a.index - b.index);
}
