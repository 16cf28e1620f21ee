import { roundingTolerance } from "../money";
import type { Pulse } from "../pulse";
import { isFee } from "./amount-fit";
import {
  bestGroups,
  CITED_MIN,
  chanceAgreement,
  countSubsets,
  findParts,
  type GroupCandidate,
  type OpenItems,
  toPool,
} from "./group-candidates";
import type { Payable, Payment } from "./payable";
import { EVIDENCE_MIN, type PairScore } from "./score-pair";
import { isInWindow } from "./single-candidates";

const SIZE_MAX = 8;
const POOL_MAX = 28;
const SEARCH_STEPS = 30_000;
const PAYEE_MIN = 0.55;

/** One payment for several invoices of the payee, together its amount, or up to a bank fee less where all are named. */
export async function batchCandidates(open: OpenItems, pulse: Pulse): Promise<GroupCandidate[]> {
  const found: GroupCandidate[] = [];
  for (const [done, payment] of open.payments.entries()) {
    found.push(...batchesOf(payment, open));
    await pulse.beat(done + 1, open.payments.length);
  }
  return found;
}

function batchesOf(payment: Payment, { payables, lookup, scorer }: OpenItems): GroupCandidate[] {
  const { currency } = payment.transaction;
  const ofPayee = lookup.ofPayees(payment, PAYEE_MIN).filter((payable) => payables.has(payable));
  const parts = [...new Set([...payment.named, ...ofPayee])]
    .filter(({ invoice }) => invoice.currency === currency && invoice.total > 0 && invoice.total < payment.paid)
    .filter((payable) => isInWindow(payment, payable))
    .map((payable): [Payment, Payable] => [payment, payable]);
  const pool = toPool(parts, POOL_MAX, scorer);
  const meant = pool.filter(({ payable }) => payment.meant.has(payable));
  const cited = pool.filter(({ citation }) => citation.points >= CITED_MIN);
  const batches = findBatches(payment, pool, meant);
  if (cited.length > meant.length) batches.push(...findBatches(payment, pool, cited));
  const groups = batches.map((pairs) => {
    const named = pairs.filter(({ citation }) => citation.points >= CITED_MIN).length;
    return scoreBatch(payment, pairs, pool, countSubsets(pool.length - named, pairs.length - named));
  });
  // Neighbours by due date are few to try, so that their sum agreeing says more than some subset's.
  const runs = findRuns(payment, pool).map((pairs) => scoreBatch(payment, pairs, pool, pool.length * SIZE_MAX));
  return bestGroups([...groups, ...runs]);
}

/** Invoices that fall due one after the other and together are the payment's amount. */
function findRuns(payment: Payment, pool: PairScore[]): PairScore[][] {
  const byDay = [...pool].sort(
    (a, b) => a.payable.expectedDay - b.payable.expectedDay || a.payable.index - b.payable.index,
  );
  const tolerance = roundingTolerance(payment.transaction.currency);
  const found: PairScore[][] = [];
  for (let from = 0; from < byDay.length; from += 1) {
    let sum = 0;
    for (let to = from; to < Math.min(byDay.length, from + SIZE_MAX); to += 1) {
      sum += byDay[to]?.payable.invoice.total ?? 0;
      if (to > from && Math.abs(sum - payment.paid) <= tolerance) found.push(byDay.slice(from, to + 1));
    }
  }
  return found;
}

function findBatches(payment: Payment, pool: PairScore[], certain: PairScore[]): PairScore[][] {
  const sum = certain.reduce((total, { payable }) => total + payable.invoice.total, 0);
  if (certain.length >= 2 && isFee(sum - payment.paid, sum)) return [certain];
  return findParts({
    pool,
    certain,
    amountOf: ({ payable }) => payable.invoice.total,
    target: payment.paid,
    currency: payment.transaction.currency,
    sizeMax: SIZE_MAX,
    steps: SEARCH_STEPS,
  });
}

function scoreBatch(payment: Payment, pairs: PairScore[], pool: PairScore[], tried: number): GroupCandidate {
  const supplierPoints = Math.min(...pairs.map((pair) => pair.supplierPoints));
  const citation = pairs.reduce((sum, pair) => sum + Math.min(10, pair.citation.points), 0);
  const datePoints = pairs.reduce((sum, pair) => sum + pair.datePoints, 0) / pairs.length;
  const chosen = pairs.filter((pair) => pair.citation.points >= CITED_MIN).length;
  // A reference that names some should name all, and no others.
  const left = [...payment.meant].filter((payable) => !pairs.some((pair) => pair.payable === payable)).length;
  const unnamed = chosen > 0 ? (pairs.length - chosen) * 1.5 + left * 4 : 0;
  const totals = pool.map(({ payable }) => payable.invoice.total);
  const chance = chanceAgreement(tried, totals, payment.paid, payment.transaction.currency);
  const days = pairs.map((pair) => pair.payable.expectedDay);
  const spread = Math.min(2, (Math.max(...days) - Math.min(...days)) / 45);
  const points =
    7 + supplierPoints + citation + datePoints + 0.5 * pairs.length - unnamed - chance - spread - EVIDENCE_MIN;
  return { kind: "batch", pairs, points };
}
