import type { BankTransaction, Invoice } from "../books";
import type { NameIndex } from "../names/name-index";
import type { Resolution } from "../orders/resolve-orders";
import { prepareReference, type ReferenceText, type Span, withoutSpans } from "../references/citation";
import { toIdentifier } from "../references/identifier";
import type { Payable, Payment } from "./payable";

const USUAL_TERM_DAYS = 30;
const KNOWN_PAYEE = 0.8;
/** A number that this many invoices share names none of them. */
const NAMED_MAX = 12;
/** Fewer characters name nothing by themselves. */
const NUMBER_LENGTH_MIN = 4;

/** The payables, found by what payments show of them. */
export class PayableLookup {
  readonly payables: Payable[];
  readonly #byFolded = new Map<string, Payable[]>();
  readonly #byDigits = new Map<string, Payable[]>();
  readonly #byDigitRun = new Map<string, Payable[]>();
  readonly #byTail = new Map<string, Payable[]>();
  readonly #byOrder = new Map<string, Payable[]>();
  readonly #bySupplier = new Map<string, Payable[]>();
  readonly #byTotal = new Map<number, Payable[]>();
  readonly #names: NameIndex;
  /** One map of payees for each spelling of a counterparty, and what has been looked up by it. */
  readonly #payees = new Map<string, Map<string, number>>();
  readonly #ofPayees = new Map<Map<string, number>, Map<number, Payable[]>>();

  constructor(invoices: Invoice[], resolutions: Map<Invoice, Resolution>, names: NameIndex) {
    this.#names = names;
    this.payables = invoices.map((invoice, index) => ({
      index,
      invoice,
      number: toIdentifier(invoice.invoiceNumber),
      order: resolutions.get(invoice)?.order ?? null,
      suppliers: [...new Set([invoice.supplier, resolutions.get(invoice)?.order?.supplier ?? invoice.supplier])],
      expectedDay: Math.max(invoice.invoiceDay, invoice.dueDay ?? invoice.invoiceDay + USUAL_TERM_DAYS),
    }));
    for (const payable of this.payables) {
      const { number, invoice } = payable;
      append(this.#byFolded, number.folded, payable);
      append(this.#byDigits, number.digits, payable);
      append(this.#byDigitRun, number.digitRun, payable);
      append(this.#byTail, number.tail, payable);
      for (const supplier of payable.suppliers) append(this.#bySupplier, supplier, payable);
      append(this.#byTotal, invoice.total, payable);
      const order = payable.order?.identifier.folded ?? toIdentifier(invoice.poNumber).folded;
      if (order !== "") append(this.#byOrder, order, payable);
    }
    for (const list of this.#bySupplier.values()) list.sort((a, b) => a.invoice.invoiceDay - b.invoice.invoiceDay);
  }

  toPayment(transaction: BankTransaction, index: number): Payment {
    const reference = prepareReference(transaction.reference);
    const payees = this.#payeesLike(transaction.counterparty);
    const bestPayee = Math.max(0, ...payees.values());
    const named = this.#namedBy(reference);
    const own = named.filter(({ payable }) => payable.suppliers.some((supplier) => payees.has(supplier)));
    const meant = own.length > 0 || bestPayee >= KNOWN_PAYEE ? own : named;
    return {
      index,
      transaction,
      paid: -transaction.amount,
      reference,
      unclaimed: withoutSpans(
        reference,
        meant.map(({ span }) => span),
      ),
      payees,
      bestPayee,
      named: new Set(named.map(({ payable }) => payable)),
      meant: new Set(meant.map(({ payable }) => payable)),
      orderNamed: new Set([...reference.runs.keys()].flatMap((run) => few(this.#byOrder.get(run)))),
      misnamed: false,
    };
  }

  /** Payables whose last digits the reference has. Weak by itself: the caller weighs it with supplier and amount. */
  withTailIn(payment: Payment): Payable[] {
    return [...payment.reference.tails]
      .filter((tail) => tail.length >= 3)
      .flatMap((tail) => this.#byTail.get(tail) ?? []);
  }

  /** The invoices of the suppliers whose names are so like the payee's. */
  ofPayees({ payees }: Payment, similarityMin: number): Payable[] {
    let bySimilarity = this.#ofPayees.get(payees);
    if (!bySimilarity) {
      bySimilarity = new Map();
      this.#ofPayees.set(payees, bySimilarity);
    }
    let payables = bySimilarity.get(similarityMin);
    if (!payables) {
      const names = [...payees].filter(([, similarity]) => similarity >= similarityMin);
      payables = [...new Set(names.flatMap(([name]) => this.#bySupplier.get(name) ?? []))];
      bySimilarity.set(similarityMin, payables);
    }
    return payables;
  }

  withTotal(payment: Payment): Payable[] {
    return this.#byTotal.get(payment.paid) ?? [];
  }

  #payeesLike(counterparty: string): Map<string, number> {
    let payees = this.#payees.get(counterparty);
    if (!payees) {
      payees = new Map(this.#names.similarNames(counterparty).map(({ name, similarity }) => [name, similarity]));
      this.#payees.set(counterparty, payees);
    }
    return payees;
  }

  /** The payables whose number the text has, whole or without prefix or zeros, and where. */
  #namedBy({ runs, digits, digitPieces }: ReferenceText): { payable: Payable; span: Span }[] {
    const find = (texts: Map<string, Span>, index: Map<string, Payable[]>) =>
      [...texts].flatMap(([run, span]) =>
        run.length >= NUMBER_LENGTH_MIN ? few(index.get(run)).map((payable) => ({ payable, span })) : [],
      );
    const full = find(runs, this.#byFolded).filter(({ payable }) => payable.number.folded.length > NUMBER_LENGTH_MIN);
    return [...full, ...find(digits, this.#byDigits), ...find(digitPieces, this.#byDigitRun)];
  }
}

function few(payables: Payable[] = []): Payable[] {
  return payables.length <= NAMED_MAX ? payables : [];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
