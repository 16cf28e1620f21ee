import type { InvoiceStatus } from "@/contract/invoices";
import { formatMoney } from "@/contract/money";
import {
  type Bill,
  type Ordered,
  type Share,
  type Standing,
  standingOf,
} from "../reconciliation/judgement/status-rules";

export interface HandInvoice extends Bill {
  status: InvoiceStatus;
}

export interface HandOrder extends Ordered {
  poNumber: string;
}

export interface HandPayment extends Share {
  transactionId: string;
}

/** The status of an invoice whose order and payments a person chose, by the engine's own rules, and why in words. */
export function judgeByHand(
  invoice: HandInvoice,
  order: HandOrder | null,
  payments: readonly HandPayment[],
): { status: InvoiceStatus; reason: string } {
  // What is a copy stays one, until somebody says that it was paid.
  const isCopy = invoice.status === "duplicate_invoice" && payments.length === 0;
  const standing = standingOf(invoice, order, payments, isCopy);
  return { status: standing.status, reason: wordsFor(invoice, order, payments, standing) };
}

function wordsFor(
  invoice: HandInvoice,
  order: HandOrder | null,
  payments: readonly HandPayment[],
  { status, sum, fit }: Standing,
): string {
  const { currency, total, tax } = invoice;
  const money = (amount: number) => formatMoney(amount, currency);
  const what = payments.length === 1 ? `Payment ${payments[0]?.transactionId}` : `${payments.length} payments`;
  const fee = fit === "fee" ? ` less ${money(total - sum)}, as a bank fee would be` : "";
  switch (status) {
    case "duplicate_invoice":
      return "It stays a copy of another invoice, without a payment.";
    case "missing_po":
      return "The invoice has no order.";
    case "currency_mismatch": {
      const foreign = [invoice, ...payments].find((one) => one.currency !== order?.currency);
      return `${foreign?.currency} against order ${order?.poNumber} in ${order?.currency}.`;
    }
    case "amount_mismatch":
      return `Bills ${money(total - tax)} net; order ${order?.poNumber} comes to ${money(order?.net ?? 0)}.`;
    case "unpaid":
      return "No payment was chosen for it.";
    case "duplicate_payment":
      return `The total of ${money(total)} was paid more than once.`;
    case "overpayment":
      return `${what}: ${money(sum)}, ${money(sum - total)} too much.`;
    case "partial_payment":
      return `${what}: ${money(sum)}; ${money(total - sum)} is open.`;
    case "split_payment":
      return `${what} sum to the total${fee}.`;
    case "matched":
      return `${what} ${payments[0]?.shared ? "covers this and other invoices" : "is for the total"}${fee}.`;
  }
}
