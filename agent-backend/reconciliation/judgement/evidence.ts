import type { Invoice } from "../books";
import type { Match } from "../matching/match-payments";
import type { PairScore } from "../matching/score-pair";
import type { Resolution } from "../orders/resolve-orders";

/** What ties the invoice to its order, in words; nothing when the invoice simply names it. */
export function orderEvidence(invoice: Invoice, { how, order }: Resolution): string[] {
  if (!order || how === "exact" || how === "missing") return [];
  switch (how) {
    case "rewritten":
      return [`Order number ${invoice.poNumber} is ${order.poNumber} written differently.`];
    case "mistyped":
      return [`Order number ${invoice.poNumber} was read as ${order.poNumber}, which fits supplier and amount best.`];
    case "blank":
      return [`The invoice names no order; ${order.poNumber} fits supplier and amount best.`];
  }
}

/** What ties a payment to an invoice, in words. */
export function pairEvidence(pair: PairScore): string {
  const { payment, payable } = pair;
  const parts = [citationWords(pair), supplierWords(pair), dateWords(pair)].filter((part) => part !== "");
  const text = parts.length > 0 ? parts.join("; ") : "only the amount ties it to the invoice";
  return `Payment ${payment.transaction.transactionId} for ${payable.invoice.invoiceNumber}: ${text}.`;
}

/**
 * From 0.5, as likely as the best other explanation, towards 0.99. A point is about a factor of two, but the points of
 * different evidence are not independent, so the curve is flatter than that.
 */
export function matchConfidence({ points, margin }: Match): number {
  // What suits a payment better may be taken by another payment that it suits better still.
  const lead = Math.max(0, Math.min(points, margin));
  return 0.5 + 0.49 * (1 - Math.exp(-lead / 5));
}

function citationWords({ citation, orderPoints, payable }: PairScore): string {
  const number = payable.invoice.invoiceNumber;
  switch (citation.kind) {
    case "full":
      return `the reference names ${number}`;
    case "digits":
    case "tail":
      return `the reference has the digits of ${number}`;
    case "mistyped":
      return `the reference has ${number} with a typing slip`;
    case "cut":
      return `the reference has part of ${number}`;
    case "none":
      return orderPoints > 0 ? `the reference names its order ${payable.order?.poNumber ?? ""}`.trim() : "";
  }
}

function supplierWords({ payment, payable, supplier }: PairScore): string {
  const { counterparty } = payment.transaction;
  if (counterparty === "") return "";
  if (supplier >= 0.97) return `the payee is ${payable.invoice.supplier}`;
  if (supplier >= 0.55) return `the payee ${counterparty} is like ${payable.invoice.supplier}`;
  return `the payee ${counterparty} is not like ${payable.invoice.supplier}`;
}

function dateWords({ payment, payable }: PairScore): string {
  const day = payment.transaction.bookingDay;
  if (day < payable.invoice.invoiceDay)
    return `paid ${payable.invoice.invoiceDay - day} days before the invoice's date`;
  const late = day - payable.expectedDay;
  return late > 0 ? `paid ${late} days after it was due` : "paid by the due date";
}
