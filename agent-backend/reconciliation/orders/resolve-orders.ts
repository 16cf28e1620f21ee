import type { Invoice } from "../books";
import type { NameIndex } from "../names/name-index";
import { type Identifier, toIdentifier } from "../references/identifier";
import { type NumberRelation, relateNumbers } from "../references/number-relation";
import { relateRepeated } from "../references/repeated-number";
import { invoiceNet, netMatches, type Order } from "./orders";

/** Which order an invoice is for, and how that is known. */
export interface Resolution {
  order: Order | null;
  how: "exact" | "rewritten" | "mistyped" | "blank" | "missing";
  confidence: number;
}

const SAME_SUPPLIER = 0.6;
/** A wrong net that is still taken as this order's lies within these ratios of it. */
const NET_RATIO = { min: 0.5, max: 2 };
/** How many minor units around an invoice's net orders are looked up by theirs: more than rounding ever makes. */
const NET_SEARCH = 40;
/** Orders are sometimes written after the invoice came. */
const ORDERED_LATE_DAYS = 30;

interface Candidate {
  order: Order;
  relation: NumberRelation | "blank";
  supplier: number;
  netFits: boolean;
  points: number;
}

/**
 * Finds each invoice's order. A number that is in the file stands, unless supplier and net contradict it and a number
 * one slip away agrees with both. Blank and unknown numbers are resolved by supplier, net and likeness of the number,
 * first where the net agrees, and then only to orders that no other invoice claims.
 */
export function resolveOrders(invoices: Invoice[], orders: Order[], names: NameIndex): Map<Invoice, Resolution> {
  const resolver = new OrderResolver(orders, names);
  const inOrder = [...invoices].sort((a, b) => a.invoiceDay - b.invoiceDay || a.row - b.row);
  const resolutions = new Map<Invoice, Resolution>();
  for (const step of [resolver.byNumber, resolver.byNet, resolver.byLikeness]) {
    for (const invoice of inOrder) {
      if (resolutions.has(invoice)) continue;
      const resolution = step.call(resolver, invoice);
      if (!resolution) continue;
      resolutions.set(invoice, resolution);
      if (resolution.order) resolver.claim(resolution.order, invoice);
    }
  }
  return resolutions;
}

class OrderResolver {
  readonly #names: NameIndex;
  readonly #byFolded = new Map<string, Order[]>();
  readonly #byDigits = new Map<string, Order[]>();
  readonly #bySupplier = new Map<string, Order[]>();
  readonly #byNet = new Map<number, Order[]>();
  readonly #claims = new Map<Order, Invoice[]>();
  readonly #identifiers = new Map<string, Identifier>();

  constructor(orders: Order[], names: NameIndex) {
    this.#names = names;
    for (const order of orders) {
      append(this.#byFolded, order.identifier.folded, order);
      append(this.#byDigits, order.identifier.digits, order);
      append(this.#bySupplier, order.supplier, order);
      if (order.net !== null) append(this.#byNet, order.net, order);
    }
  }

  claim(order: Order, invoice: Invoice): void {
    append(this.#claims, order, invoice);
  }

  /** The number is in the file, and the supplier or the net agrees. */
  byNumber(invoice: Invoice): Resolution | null {
    const named = this.#named(invoice);
    if (!named) return null;
    const agrees = this.#supplier(invoice, named.order) >= SAME_SUPPLIER && netMatches(invoice, named.order);
    return agrees ? { ...named, confidence: 0.99 } : null;
  }

  /** An order with the invoice's net whose supplier, and number if there is one, are the invoice's or nearly. */
  byNet(invoice: Invoice): Resolution | null {
    const named = this.#named(invoice);
    const fitting = this.#judgeAll(invoice, this.#withNet(invoice)).filter(({ order, relation, supplier, netFits }) => {
      if (!netFits || order.currency !== invoice.currency || order === named?.order) return false;
      if (!this.#isFreeFor(order, invoice)) return false;
      if (relation === "slip" || relation === "same") return supplier >= (named ? SAME_SUPPLIER : 0.3);
      return relation === "blank" && supplier >= SAME_SUPPLIER;
    });
    const best = fitting[0];
    if (best) return { order: best.order, how: best.relation === "blank" ? "blank" : "mistyped", confidence: 0.93 };
    return named ? { ...named, confidence: this.#supplier(invoice, named.order) >= SAME_SUPPLIER ? 0.97 : 0.8 } : null;
  }

  /**
   * The order no other invoice claims that is most like it; else there is none. A blank number says nothing against an
   * order, so any free one of the supplier will do, and failing that one that other invoices claim but whose net fits.
   */
  byLikeness(invoice: Invoice): Resolution {
    const isBlank = invoice.poNumber === "";
    const pool = this.#ofSupplier(invoice).filter(
      (order) => this.#isFreeFor(order, invoice) || (isBlank && netMatches(invoice, order)),
    );
    const plausible = this.#judgeAll(invoice, pool).filter(({ order, relation, netFits }) => {
      if (isBlank && netFits) return true;
      const ratio = order.net === null ? 1 : invoiceNet(invoice) / order.net;
      const isNear = order.currency !== invoice.currency || (ratio >= NET_RATIO.min && ratio <= NET_RATIO.max);
      return isNear && relation !== "unrelated";
    });
    const best = plausible[0];
    if (!best) return { order: null, how: "missing", confidence: isBlank ? 0.8 : 0.95 };
    const how = best.relation === "blank" ? "blank" : "mistyped";
    return { order: best.order, how, confidence: how === "blank" ? 0.6 : 0.75 };
  }

  /** The order whose number this is, though it may be written without prefix or zeros. */
  #named(invoice: Invoice): { order: Order; how: "exact" | "rewritten" } | null {
    if (invoice.poNumber === "") return null;
    const number = this.#identifier(invoice.poNumber);
    const isShort = number.digitRun.length >= 4 && number.folded === number.digitRun;
    const same = this.#byFolded.get(number.folded) ?? (isShort ? this.#byDigits.get(number.digits) : undefined) ?? [];
    const best = [...same].sort((a, b) => this.#supplier(invoice, b) - this.#supplier(invoice, a))[0];
    if (!best) return null;
    return { order: best, how: best.poNumber.toUpperCase() === invoice.poNumber.toUpperCase() ? "exact" : "rewritten" };
  }

  #withNet(invoice: Invoice): Order[] {
    const net = invoiceNet(invoice);
    const nets = Array.from({ length: 2 * NET_SEARCH + 1 }, (_, index) => net - NET_SEARCH + index);
    return nets.flatMap((near) => this.#byNet.get(near) ?? []);
  }

  #ofSupplier(invoice: Invoice): Order[] {
    return this.#names
      .similarNames(invoice.supplier)
      .filter(({ similarity }) => similarity >= SAME_SUPPLIER)
      .flatMap(({ name }) => this.#bySupplier.get(name) ?? []);
  }

  /** Most plausible first. */
  #judgeAll(invoice: Invoice, pool: Order[]): Candidate[] {
    const identifier = invoice.poNumber === "" ? null : this.#identifier(invoice.poNumber);
    return pool
      .filter((order) => order.poDay <= invoice.invoiceDay + ORDERED_LATE_DAYS)
      .map((order) => this.#judge(invoice, order, identifier))
      .sort((a, b) => b.points - a.points || b.order.poDay - a.order.poDay || firstRow(a.order) - firstRow(b.order));
  }

  #judge(invoice: Invoice, order: Order, identifier: Identifier | null): Candidate {
    const relation = identifier ? relateNumbers(identifier, order.identifier) : "blank";
    const supplier = this.#supplier(invoice, order);
    const netFits = netMatches(invoice, order);
    const likeness = { same: 4, slip: 3, blank: 0, unrelated: -5 }[relation];
    const offBy = order.net ? Math.min(1, Math.abs(invoiceNet(invoice) / order.net - 1)) : 1;
    const points =
      likeness +
      4 * supplier +
      (netFits ? 6 : -2 * offBy) +
      (this.#isFreeFor(order, invoice) ? 3 : 0) +
      (order.currency === invoice.currency ? 2 : 0);
    return { order, relation, supplier, netFits, points };
  }

  #supplier(invoice: Invoice, order: Order): number {
    return this.#names.similarity(invoice.supplier, order.supplier);
  }

  /** Nothing else is billed under the order, but for the invoice that this one repeats. */
  #isFreeFor(order: Order, invoice: Invoice): boolean {
    const claims = this.#claims.get(order) ?? [];
    if (claims.length === 0) return true;
    const number = this.#identifier(invoice.invoiceNumber);
    return claims.some(
      (claim) =>
        claim.total === invoice.total && relateRepeated(number, this.#identifier(claim.invoiceNumber)) !== null,
    );
  }

  #identifier(written: string): Identifier {
    let identifier = this.#identifiers.get(written);
    if (!identifier) {
      identifier = toIdentifier(written);
      this.#identifiers.set(written, identifier);
    }
    return identifier;
  }
}

function firstRow(order: Order): number {
  return order.rows[0] ?? 0;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
