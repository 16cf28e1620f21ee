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
import { doesNameOthers, type PairScore } from "./score-pair";

const SIZE_MAX = 6;
const POOL_MAX = 22;
const SEARCH_STEPS = 15_000;
const PAYEE_MIN = 0.55;
/** Parts that name nothing are looked for from this long before the invoice to this long after it. */
const WINDOW = { earlyDays: 30, lateDays: 180 };

/** Several payments to the payee that add up to one invoice. */
export async function splitCandidates(open: OpenItems, singles: PairScore[], pulse: Pulse): Promise<GroupCandidate[]> {
  const parts = new PossibleParts(open, singles);
  const found: GroupCandidate[] = [];
  let done = 0;
  for (const payable of open.payables) {
    const payments = parts.of(payable);
    if (payments.length >= 2) found.push(...splitsOf(payable, payments, open));
    done += 1;
    await pulse.beat(done, open.payables.size);
  }
  return found;
}

/** The smaller payments that name an invoice or go to its supplier, and do not name others. */
class PossibleParts {
  readonly #candidates = new Map<Payable, Payment[]>();
  /** By the names that a payee is like, in the order of their days. */
  readonly #ofPayee = new Map<string, Payment[]>();

  constructor({ payments }: OpenItems, singles: PairScore[]) {
    const isOpen = new Set(payments);
    for (const { payment, payable } of singles) if (isOpen.has(payment)) append(this.#candidates, payable, payment);
    for (const payment of [...payments].sort((a, b) => a.transaction.bookingDay - b.transaction.bookingDay)) {
      for (const [name, similarity] of payment.payees) {
        if (similarity >= PAYEE_MIN) append(this.#ofPayee, name, payment);
      }
    }
  }

  of(payable: Payable): Payment[] {
    const { currency, total, invoiceDay } = payable.invoice;
    const parts = new Set(this.#candidates.get(payable));
    for (const name of payable.suppliers) {
      const payments = this.#ofPayee.get(name) ?? [];
      for (let at = firstFrom(payments, invoiceDay - WINDOW.earlyDays); at < payments.length; at += 1) {
        const payment = payments[at] as Payment;
        if (payment.transaction.bookingDay > invoiceDay + WINDOW.lateDays) break;
        parts.add(payment);
      }
    }
    return [...parts].filter(
      (payment) =>
        payment.transaction.currency === currency && payment.paid < total && !doesNameOthers(payment, payable),
    );
  }
}

/** Where those that were booked on the day or later begin. */
function firstFrom(payments: Payment[], day: number): number {
  let [from, to] = [0, payments.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((payments[middle]?.transaction.bookingDay ?? 0) < day) from = middle + 1;
    else to = middle;
  }
  return from;
}

function append<K>(map: Map<K, Payment[]>, key: K, payment: Payment): void {
  const list = map.get(key);
  if (list) list.push(payment);
  else map.set(key, [payment]);
}

function splitsOf(payable: Payable, payments: Payment[], { scorer }: OpenItems): GroupCandidate[] {
  const { total, currency } = payable.invoice;
  const parts = payments.map((payment): [Payment, Payable] => [payment, payable]);
  const pool = toPool(parts, POOL_MAX, scorer);
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
