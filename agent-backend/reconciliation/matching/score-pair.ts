import { type Citation, cite } from "../references/citation";
import { type AmountFit, fitAmount } from "./amount-fit";
import type { Payable, Payment } from "./payable";

/** Why a payment may be for an invoice: each part in points, about a factor of two of likelihood each. */
export interface PairScore {
  payment: Payment;
  payable: Payable;
  amount: AmountFit;
  citation: Citation;
  /** The reference names the invoice's order; worth little more where it names the invoice as well. */
  orderPoints: number;
  /** The reference names other invoices of the payee, and not this one. */
  namesOthers: boolean;
  supplier: number;
  supplierPoints: number;
  datePoints: number;
  sameCurrency: boolean;
  /** Sum of the parts less what a match has to show at least; above 0 is more likely than not. */
  points: number;
}

/** What a match has to show at least, since most pairs of a payment and an invoice are unrelated. */
export const EVIDENCE_MIN = 4;
const NAMES_OTHERS_POINTS = -8;
/** The number named is another's but the order named is this one's: one of the two has a slip. */
const ORDER_AGAINST_POINTS = -3;
const OTHER_CURRENCY_POINTS = -2;

export function scorePair(payment: Payment, payable: Payable): PairScore {
  const { transaction, reference, unclaimed } = payment;
  const { invoice } = payable;
  const citation = cite(reference, unclaimed, payable.number);
  const sameCurrency = transaction.currency === invoice.currency;
  const amount = sameCurrency
    ? fitAmount(payment.paid, invoice.total, invoice.currency)
    : fitForeignAmount(payment, payable);
  const supplier = payeeSimilarity(payment, payable);
  const supplierPoints = scoreSupplier(payment, supplier);
  const datePoints = scoreDate(transaction.bookingDay, payable);
  const namesOthers = doesNameOthers(payment, payable);
  const orderPoints = payment.orderNamed.has(payable) ? Math.max(1, 7 - citation.points) : 0;
  const points =
    amount.points +
    citation.points +
    orderPoints +
    supplierPoints +
    datePoints +
    (namesOthers ? (orderPoints > 0 ? ORDER_AGAINST_POINTS : NAMES_OTHERS_POINTS) : 0) +
    (sameCurrency ? 0 : OTHER_CURRENCY_POINTS) -
    EVIDENCE_MIN;
  return {
    payment,
    payable,
    amount,
    citation,
    orderPoints,
    namesOthers,
    supplier,
    supplierPoints,
    datePoints,
    sameCurrency,
    points,
  };
}

/** How like the payee's name is to the supplier's, as the invoice or its order has it. */
export function payeeSimilarity({ payees }: Payment, { suppliers }: Payable): number {
  let similarity = 0;
  for (const name of suppliers) similarity = Math.max(similarity, payees.get(name) ?? 0);
  return similarity;
}

export function doesNameOthers({ meant }: Payment, payable: Payable): boolean {
  return meant.size > 0 && !meant.has(payable);
}

/** A payment without a counterparty tells nothing; one to somebody else speaks against the invoice. */
export function scoreSupplier(payment: Payment, similarity: number): number {
  if (payment.transaction.counterparty === "") return 0;
  if (similarity >= 0.85) return 5 - 4 * Math.max(0, payment.bestPayee - similarity);
  if (similarity >= 0.4) {
    const likeness = similarity >= 0.7 ? 3.5 : similarity >= 0.55 ? 2 : 0;
    return payment.bestPayee - similarity > 0.2 ? likeness - 5 : likeness;
  }
  return payment.bestPayee >= 0.8 ? -9 : -5;
}

/** Best near the day it was expected on; before the invoice and long after the due date less and less likely. */
export function scoreDate(bookingDay: number, payable: Payable): number {
  const beforeInvoice = payable.invoice.invoiceDay - bookingDay;
  if (beforeInvoice > 0) return Math.max(-6, -0.5 - 0.06 * beforeInvoice);
  const late = bookingDay - payable.expectedDay;
  return late <= 0 ? 1 + Math.max(0, 1 + late / 40) : Math.max(-6, 2 - late / 20);
}

/** Without a rate, only the same figure in the other currency says something about the amount. */
function fitForeignAmount(payment: Payment, payable: Payable): AmountFit {
  const fit = fitAmount(payment.paid, payable.invoice.total, payable.invoice.currency);
  if (fit.kind === "exact" || fit.kind === "fee") return { kind: fit.kind, points: fit.points - 2 };
  return { kind: fit.kind, points: 0 };
}
