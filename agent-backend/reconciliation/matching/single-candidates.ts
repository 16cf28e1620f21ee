import type { Pulse } from "../pulse";
import { cite } from "../references/citation";
import { fitAmount } from "./amount-fit";
import type { OpenItems } from "./group-candidates";
import type { PayableLookup } from "./lookup";
import type { Payable, Payment } from "./payable";
import { type PairScore, scorePair } from "./score-pair";

/** Payments are looked for among the payee's invoices from this long before to this long after. */
const WINDOW = { earlierDays: 400, laterDays: 60 };
const PER_PAYMENT_MAX = 24;
const PAYEE_MIN = 0.55;
const LIKELY_PAYEE = 0.7;
const LOOSE_MAX = 8;
/** A citation of this many points makes a pair worth considering whatever was paid. */
const CITED_MIN = 3;

/**
 * The pairs worth considering: those with an amount that fits, or a number or order that the reference names, whole or
 * mangled. Partial and excess payments that only the payee's name speaks for are left to `looseCandidates`.
 */
export async function singleCandidates(payments: Payment[], lookup: PayableLookup, pulse: Pulse): Promise<PairScore[]> {
  const scores: PairScore[] = [];
  for (const [done, payment] of payments.entries()) {
    scores.push(...candidatesOf(payment, lookup));
    await pulse.beat(done + 1, payments.length);
  }
  return scores;
}

function candidatesOf(payment: Payment, lookup: PayableLookup): PairScore[] {
  const candidates = new Set([
    ...payment.named,
    ...lookup.withTotal(payment),
    ...payment.orderNamed,
    ...lookup.withTailIn(payment),
  ]);
  const mayBeMangled = payment.meant.size === 0 && payment.unclaimed.tails.size > 0;
  for (const payable of lookup.ofPayees(payment, PAYEE_MIN)) {
    if (!isInWindow(payment, payable)) continue;
    if (isNearAmount(payment, payable) || (mayBeMangled && isCited(payment, payable))) candidates.add(payable);
  }
  const scores: PairScore[] = [];
  for (const payable of candidates) {
    const score = scorePair(payment, payable);
    if (score.points > 0 && isGrounded(score)) scores.push(score);
  }
  return scores.sort((a, b) => b.points - a.points || a.payable.index - b.payable.index).slice(0, PER_PAYMENT_MAX);
}

function isCited({ reference, unclaimed }: Payment, { number }: Payable): boolean {
  return cite(reference, unclaimed, number).points >= CITED_MIN;
}

/** The amount fits or the reference says something; a payee's name alone grounds nothing. */
function isGrounded(score: PairScore): boolean {
  return (
    score.citation.points >= CITED_MIN ||
    score.orderPoints > 0 ||
    score.amount.kind === "exact" ||
    score.amount.kind === "fee"
  );
}

export function isInWindow(payment: Payment, payable: Payable): boolean {
  const age = payment.transaction.bookingDay - payable.invoice.invoiceDay;
  return age <= WINDOW.earlierDays && age >= -WINDOW.laterDays;
}

function isNearAmount(payment: Payment, payable: Payable): boolean {
  const { total, currency } = payable.invoice;
  // A quick look keeps the exact one from being made for most pairs.
  if (payment.paid > total * 1.001 + 20 || payment.paid < total * 0.97 - 20) return false;
  const { kind } = fitAmount(payment.paid, total, currency);
  return kind === "exact" || kind === "fee";
}

/**
 * Payments that name nothing and fit no amount, paired with the payee's invoices that nothing else pays: deposits,
 * payments on account, amounts in another currency.
 */
export async function looseCandidates({ payments, payables, lookup }: OpenItems, pulse: Pulse): Promise<PairScore[]> {
  const found: PairScore[] = [];
  for (const [done, payment] of payments.entries()) {
    const scores = lookup
      .ofPayees(payment, LIKELY_PAYEE)
      .filter((payable) => payables.has(payable) && isInWindow(payment, payable))
      // Not kept as the groups' are: there are too many, and hardly any is asked for again.
      .map((payable) => scorePair(payment, payable))
      .filter((score) => score.points > 0)
      .sort((a, b) => b.points - a.points || a.payable.index - b.payable.index);
    found.push(...scores.slice(0, LOOSE_MAX));
    await pulse.beat(done + 1, payments.length);
  }
  return found;
}
