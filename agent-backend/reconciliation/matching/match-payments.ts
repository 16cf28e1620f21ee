import type { BankTransaction, Invoice } from "../books";
import type { NameIndex } from "../names/name-index";
import type { Resolution } from "../orders/resolve-orders";
import type { Pulse } from "../pulse";
import { batchCandidates } from "./batch-candidates";
import type { GroupCandidate, OpenItems } from "./group-candidates";
import { PayableLookup } from "./lookup";
import { PairScorer } from "./pair-scorer";
import type { Payable, Payment } from "./payable";
import type { PairScore } from "./score-pair";
import { type Option, selectBest } from "./selection";
import { looseCandidates, singleCandidates } from "./single-candidates";
import { splitCandidates } from "./split-candidates";

/** Payments and invoices that belong together, and how clearly. */
export interface Match extends Option {
  kind: "single" | "batch" | "split";
  pairs: PairScore[];
  /** Points ahead of the best other use of these payments and invoices. */
  margin: number;
}

/** One place for what is due and up to three for what is paid beyond it. */
const PLACES = 4;
const EXTRA_PAYMENT = { named: 2, unnamed: 5, misnamed: 8 };
const NAMED_MIN = 5;
/** A pair with a fitting amount and this many points leaves neither side in need of another explanation. */
const CLEAR_MIN = 6;
/** How much of the matching is done after each of its passes, about as it was measured on books of many thousands. */
const DONE_AFTER = {
  reading: 0.15,
  singles: 0.45,
  reread: 0.47,
  batches: 0.6,
  splits: 0.72,
  loose: 0.8,
  selection: 1,
};

/**
 * Finds what each payment is for, over all payments and invoices at once: scores the candidates, then takes the choice
 * among them that is worth most in total. An invoice may get several payments and a payment several invoices.
 */
export async function matchPayments(
  invoices: Invoice[],
  transactions: BankTransaction[],
  resolutions: Map<Invoice, Resolution>,
  names: NameIndex,
  pulse: Pulse,
): Promise<Match[]> {
  const lookup = new PayableLookup(invoices, resolutions, names);
  pulse.pass(DONE_AFTER.reading);
  const payments = await readPayments(transactions, lookup, pulse);
  pulse.pass(DONE_AFTER.singles);
  const first = await singleCandidates(payments, lookup, pulse);
  const reread = rereadMisnamed(payments, first);
  pulse.pass(DONE_AFTER.reread);
  const again = await singleCandidates([...reread.values()], lookup, pulse);
  const singles = [...first.filter(({ payment }) => !reread.has(payment)), ...again];
  const current = payments.map((payment) => reread.get(payment) ?? payment);
  const open = openItems(current, lookup, singles);
  pulse.pass(DONE_AFTER.batches);
  const batches = await batchCandidates(open, pulse);
  pulse.pass(DONE_AFTER.splits);
  const groups = [...batches, ...(await splitCandidates(open, singles, pulse))];
  const named = new Set(singles.filter(({ citation }) => citation.points >= NAMED_MIN).map(({ payment }) => payment));
  const unnamed = open.payments.filter((payment) => payment.misnamed || !named.has(payment));
  pulse.pass(DONE_AFTER.loose);
  const loose = await looseCandidates({ ...open, payments: unnamed }, pulse);
  const matches = [...[...singles, ...loose].flatMap(toPlaces), ...groups.map(toGroupMatch)];
  pulse.pass(DONE_AFTER.selection);
  return withMargins(await selectBest(matches, pulse), matches);
}

async function readPayments(transactions: BankTransaction[], lookup: PayableLookup, pulse: Pulse): Promise<Payment[]> {
  const outgoing = transactions.filter((transaction) => transaction.amount < 0);
  const payments: Payment[] = [];
  for (const [index, transaction] of outgoing.entries()) {
    payments.push(lookup.toPayment(transaction, index));
    await pulse.beat(index + 1, outgoing.length);
  }
  return payments;
}

function openItems(payments: Payment[], lookup: PayableLookup, singles: PairScore[]): OpenItems {
  const clear = clearPairs(singles);
  const clearPayments = new Set<Payment>(clear.map(({ payment }) => payment));
  const clearPayables = new Set<Payable>(clear.map(({ payable }) => payable));
  return {
    payments: payments.filter((payment) => !clearPayments.has(payment)),
    payables: new Set(lookup.payables.filter((payable) => !clearPayables.has(payable))),
    lookup,
    scorer: new PairScorer(),
  };
}

/** Each payment's best pair, where its amount fits and enough speaks for it. */
function clearPairs(singles: PairScore[]): PairScore[] {
  const bestOf = new Map<Payment, PairScore>();
  for (const pair of singles) {
    if (pair.points > (bestOf.get(pair.payment)?.points ?? 0)) bestOf.set(pair.payment, pair);
  }
  return [...bestOf.values()].filter(
    (pair) =>
      pair.points >= CLEAR_MIN &&
      pair.sameCurrency &&
      (pair.amount.kind === "exact" || (pair.amount.kind === "fee" && pair.citation.points >= NAMED_MIN)),
  );
}

/**
 * A payment whose amount does not fit, and that names only invoices others pay in full, likely has a slip in its
 * reference that happens to be another invoice's number. It is read again as if it named none for certain.
 */
function rereadMisnamed(payments: Payment[], singles: PairScore[]): Map<Payment, Payment> {
  const clear = clearPairs(singles);
  const clearPayments = new Set(clear.map(({ payment }) => payment));
  const paidInFull = new Set(clear.map(({ payable }) => payable));
  const misnamed = payments.filter(
    (payment) =>
      payment.meant.size > 0 &&
      !clearPayments.has(payment) &&
      [...payment.meant].every((payable) => paidInFull.has(payable)),
  );
  return new Map(
    misnamed.map((payment) => [
      payment,
      { ...payment, meant: new Set(), unclaimed: payment.reference, misnamed: true },
    ]),
  );
}

/** The pair at the invoice's first place, and where a second payment makes sense at the further ones for less. */
function toPlaces(pair: PairScore): Match[] {
  const { payment, payable, amount, citation, points } = pair;
  const isNamed = citation.points >= NAMED_MIN;
  const mayBeExtra = isNamed || amount.kind === "exact";
  const penalty = payment.misnamed ? EXTRA_PAYMENT.misnamed : isNamed ? EXTRA_PAYMENT.named : EXTRA_PAYMENT.unnamed;
  const extra = points - penalty;
  return Array.from({ length: mayBeExtra && extra > 0 ? PLACES : 1 }, (_, place) => ({
    kind: "single" as const,
    pairs: [pair],
    payments: [payment.index],
    places: [payable.index * PLACES + place],
    points: place === 0 ? points : extra,
    margin: 0,
  }));
}

function toGroupMatch({ kind, pairs, points }: GroupCandidate): Match {
  return {
    kind,
    pairs,
    payments: [...new Set(pairs.map(({ payment }) => payment.index))],
    places: [...new Set(pairs.map(({ payable }) => payable.index * PLACES))],
    points,
    margin: 0,
  };
}

function withMargins(chosen: Match[], all: Match[]): Match[] {
  const byPayment = new Map<number, Match[]>();
  for (const match of all) {
    for (const payment of match.payments) {
      const list = byPayment.get(payment);
      if (list) list.push(match);
      else byPayment.set(payment, [match]);
    }
  }
  const payablesOf = (match: Match) => match.pairs.map(({ payable }) => payable.index).join();
  return chosen.map((match) => {
    const rivals = match.payments
      .flatMap((payment) => byPayment.get(payment) ?? [])
      .filter((rival) => payablesOf(rival) !== payablesOf(match));
    const best = rivals.reduce((points, rival) => Math.max(points, rival.points), 0);
    return { ...match, margin: match.points - best };
  });
}
