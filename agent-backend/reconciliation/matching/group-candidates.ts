import { roundingTolerance } from "../money";
import { cite } from "../references/citation";
import type { PayableLookup } from "./lookup";
import type { PairScorer } from "./pair-scorer";
import type { Payable, Payment } from "./payable";
import { type PairScore, payeeSimilarity, scoreDate, scoreSupplier } from "./score-pair";
import { findSubsets } from "./subset-sums";

/** Several payments for one invoice, or one payment for several. */
export interface GroupCandidate {
  kind: "batch" | "split";
  pairs: PairScore[];
  points: number;
}

/** What the search may draw on: payments and invoices that no clear single match already explains. */
export interface OpenItems {
  payments: Payment[];
  payables: Set<Payable>;
  lookup: PayableLookup;
  scorer: PairScorer;
}

/** A citation of this many points makes a pair part of a group even where the payee's name does not speak for it. */
export const CITED_MIN = 4;
const SUBSETS_MAX = 40;
const KEPT_MAX = 4;

/** A search for the pairs whose amounts make up a sum. */
export interface PartsSearch {
  pool: PairScore[];
  /** Pairs that are part of it for certain, because the reference names them. */
  certain: PairScore[];
  amountOf: (pair: PairScore) => number;
  target: number;
  currency: string;
  sizeMax: number;
  steps: number;
}

/** The sets of pairs that make up the sum: if they can the certain ones and others to complete them, else any. */
export function findParts({ pool, certain, amountOf, target, currency, sizeMax, steps }: PartsSearch): PairScore[][] {
  const search = (from: PairScore[], missing: number, sizeMin: number, size: number) =>
    findSubsets({
      amounts: from.map(amountOf),
      target: missing,
      tolerance: roundingTolerance(currency),
      sizeMin,
      sizeMax: size,
      limit: SUBSETS_MAX,
      steps,
    }).map((subset) => subset.flatMap((position) => from[position] ?? []));

  const missing = target - certain.reduce((sum, pair) => sum + amountOf(pair), 0);
  if (certain.length >= 2 && Math.abs(missing) <= roundingTolerance(currency)) return [certain];
  if (certain.length > 0 && certain.length < sizeMax && missing > 0) {
    const rest = pool.filter((pair) => !certain.includes(pair));
    const completed = search(rest, missing, 1, sizeMax - certain.length);
    if (completed.length > 0) return completed.map((more) => [...certain, ...more]);
  }
  return search(pool, target, 2, sizeMax);
}

/**
 * Those of a payment's or an invoice's pairs that a group may draw on, the most telling `count` of them. Only these are
 * scored: a supplier may have thousands of open invoices and payments, and each of the one goes with each of the other.
 */
export function toPool(pairs: Iterable<[Payment, Payable]>, count: number, scorer: PairScorer): PairScore[] {
  const kept: RankedPair[] = [];
  for (const [payment, payable] of pairs) {
    const citation = cite(payment.reference, payment.unclaimed, payable.number).points;
    const rank = citation + scoreDate(payment.transaction.bookingDay, payable);
    if (kept.length === count && rank < (kept.at(-1)?.rank ?? 0)) continue;
    if (citation < CITED_MIN && scoreSupplier(payment, payeeSimilarity(payment, payable)) <= 0) continue;
    keepFirst(kept, { payment, payable, rank }, count);
  }
  return kept.map(({ payment, payable }) => scorer.score(payment, payable));
}

interface RankedPair {
  payment: Payment;
  payable: Payable;
  rank: number;
}

/** Puts the pair in its place among the first `count`, which are in order. */
function keepFirst(kept: RankedPair[], pair: RankedPair, count: number): void {
  let place = kept.length;
  while (place > 0 && isBefore(pair, kept[place - 1] as RankedPair)) place -= 1;
  if (place >= count) return;
  kept.splice(place, 0, pair);
  if (kept.length > count) kept.pop();
}

function isBefore(a: RankedPair, b: RankedPair): boolean {
  return (b.rank - a.rank || a.payment.index - b.payment.index || a.payable.index - b.payable.index) < 0;
}

/**
 * What agreement to the cent is worth less when many sets were tried: the binary logarithm of how many, over how many
 * different sums there could be. Amounts that are all multiples of something, such as whole units, can make fewer.
 */
export function chanceAgreement(tried: number, amounts: number[], sum: number, currency: string): number {
  const grain = amounts.reduce(greatestCommonDivisor, 0);
  const sums = sum / Math.max(grain, 2 * roundingTolerance(currency) + 1);
  return Math.max(0, Math.log2(Math.max(1, tried)) - 0.5 * Math.log2(Math.max(1, sums)));
}

/** How many ways there are to choose `size` out of `count`. */
export function countSubsets(count: number, size: number): number {
  let subsets = 1;
  for (let taken = 0; taken < size; taken += 1) subsets *= (count - taken) / (taken + 1);
  return subsets;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

export function bestGroups(candidates: GroupCandidate[]): GroupCandidate[] {
  return candidates
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, KEPT_MAX);
}
