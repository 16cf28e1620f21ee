import type { Pulse } from "../pulse";
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
import type { PairScore } from "./score-pair";

const SIZE_MAX = 6;
const POOL_MAX = 22;
const SEARCH_STEPS = 15_000;
const PAYEE_MIN = 0.55;
/** Parts that name nothing are looked for from this long before the invoice to this long after it. */
const WINDOW = { earlyDays: 30, lateDays: 180 };

/** Several payments to the payee that add up to one invoice. */
export async function splitCandidates(open: OpenItems, singles: PairScore[], pulse: Pulse): Promise<GroupCandidate[]> {
  const partsOf = findPossibleParts(open, singles);
  const found: GroupCandidate[] = [];
  let done = 0;
  for (const [payable, payments] of partsOf) {
    if (payments.size >= 2) found.push(...splitsOf(payable, [...payments], open));
    done += 1;
    await pulse.beat(done, partsOf.size);
  }
  return found;
}

/** For each invoice the smaller payments that name it or go to its supplier. */
function findPossibleParts(
  { payments, payables, lookup }: OpenItems,
  singles: PairScore[],
): Map<Payable, Set<Payment>> {
  const partsOf = new Map<Payable, Set<Payment>>();
  const offer = (payable: Payable, payment: Payment) => {
    const { currency, total } = payable.invoice;
    if (!payables.has(payable) || payment.transaction.currency !== currency) return;
    if (payment.paid >= total) return;
    const parts = partsOf.get(payable);
    if (parts) parts.add(payment);
    else partsOf.set(payable, new Set([payment]));
  };
  const isOpen = new Set(payments);
  for (const { payment, payable } of singles) if (isOpen.has(payment)) offer(payable, payment);
  for (const payment of payments) {
    for (const payable of lookup.ofPayees(payment, PAYEE_MIN)) {
      const age = payment.transaction.bookingDay - payable.invoice.invoiceDay;
      if (age >= -WINDOW.earlyDays && age <= WINDOW.lateDays) offer(payable, payment);
    }
  }
  return partsOf;
}

function splitsOf(payable: Payable, payments: Payment[], { scorer }: OpenItems): GroupCandidate[] {
  const { total, currency } = payable.invoice;
  const parts = payments.map((payment) => scorer.score(payment, payable)).filter((pair) => !pair.namesOthers);
  const pool = toPool(parts, POOL_MAX);
  const splits = findParts({
    pool,
    certain: pool.filter(({ payment }) => payment.meant.has(payable)),
    amountOf: ({ payment }) => payment.paid,
    target: total,
    currency,
    sizeMax: SIZE_MAX,
    steps: SEARCH_STEPS,
  });
  const amounts = pool.map(({ payment }) => payment.paid);
  return bestGroups(
    splits.map((pairs) => {
      const cited = pairs.filter((pair) => pair.citation.points >= CITED_MIN).length;
      const chance = chanceAgreement(countSubsets(pool.length - cited, pairs.length - cited), amounts, total, currency);
      const evidence = pairs.reduce((sum, pair) => sum + pair.points - pair.amount.points, 0);
      return { kind: "split", pairs, points: evidence + 7 - chance };
    }),
  );
}
