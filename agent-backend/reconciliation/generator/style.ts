import type { InvoiceStatus } from "../result";
import type { Random } from "./random";

export type NoiseLevel = "low" | "medium" | "high";

/** What differs from one company's books to the next. Each seed draws its own, so that no habit can be learned. */
export interface Style {
  orderNumbers: "dense" | "sparse" | "yearly" | "bare";
  invoiceNumbers: "one_series" | "per_supplier" | "random";
  /** Where duplicate invoices stand in the file. */
  duplicatesAt: "end" | "next" | "by_date";
  missingOrders: "far" | "removed" | "other_form";
  suppliers: number;
  /** Company names with a trade, or surnames of which many recur (`Smith Ltd`, `Smith-Jones`, `Smith PLC`). */
  names: "trades" | "surnames";
  /**
   * Prices to the cent, in whole units, or from a short list, so that different orders come to the same amount. With
   * `plans` each order is one of few plans, as subscriptions are: 97 amounts, however many orders there are.
   */
  prices: "cents" | "whole" | "listed" | "plans";
  shuffled: boolean;
  currency: string;
  foreignShare: number;
  recurringShare: number;
  statuses: Record<InvoiceStatus, number>;
  /** Shares of otherwise clean rows. */
  noise: Noise;
  dialect: Dialect;
}

export interface Noise {
  orderNumber: number;
  referenceMangled: number;
  referenceMissing: number;
  payee: number;
  invoiceSupplier: number;
  fee: number;
  rounding: number;
  early: number;
  batched: number;
  unknownTransactions: number;
  unknownToSuppliers: number;
}

export interface Dialect {
  delimiter: "," | ";" | "\t" | "|";
  decimalMark: "." | ",";
  thousands: boolean;
  date: "iso" | "dotted" | "us" | "uk" | "compact";
  newline: "\n" | "\r\n";
  byteOrderMark: boolean;
}

const NOISE_FACTOR: Record<NoiseLevel, number> = { low: 0.4, medium: 1, high: 1.8 };

export function drawStyle(random: Random, invoices: number, level: NoiseLevel): Style {
  const factor = NOISE_FACTOR[level];
  const share = (typical: number) => Math.min(0.9, typical * factor * random.between(0.6, 1.4));
  const decimalMark = random.chance(0.4) ? "," : ".";
  const weight = (typical: number) => typical * random.between(0.6, 1.5);
  return {
    orderNumbers: random.pick(["dense", "dense", "sparse", "yearly", "bare"]),
    invoiceNumbers: random.pick(["one_series", "per_supplier", "random"]),
    duplicatesAt: random.pick(["end", "next", "by_date"]),
    missingOrders: random.pick(["far", "removed", "other_form"]),
    suppliers: Math.max(5, Math.min(400, Math.round(invoices / Math.exp(random.between(1.5, 5.5))))),
    names: random.pick(["trades", "surnames"]),
    prices: random.pick(["cents", "cents", "whole", "listed"]),
    shuffled: random.chance(0.4),
    currency: random.pick(["EUR", "USD", "GBP"]),
    foreignShare: random.between(0.02, 0.25),
    recurringShare: random.between(0.02, 0.15),
    statuses: {
      matched: weight(48),
      partial_payment: weight(6),
      split_payment: weight(6),
      overpayment: weight(5),
      duplicate_invoice: weight(5),
      duplicate_payment: weight(5),
      missing_po: weight(6),
      amount_mismatch: weight(7),
      currency_mismatch: weight(4),
      unpaid: weight(8),
    },
    noise: {
      orderNumber: share(0.08),
      referenceMangled: share(0.3),
      referenceMissing: share(0.1),
      payee: share(0.4),
      invoiceSupplier: share(0.12),
      fee: share(0.08),
      rounding: share(0.06),
      early: share(0.04),
      batched: share(0.12),
      unknownTransactions: share(0.1),
      unknownToSuppliers: share(0.008),
    },
    dialect: {
      delimiter: decimalMark === "," ? random.pick([";", "\t", "|"]) : random.pick([",", ",", ";", "\t"]),
      decimalMark,
      thousands: random.chance(0.25),
      date: random.pick(decimalMark === "," ? ["iso", "dotted"] : ["iso", "iso", "us", "uk", "compact"]),
      newline: random.pick(["\n", "\r\n"]),
      byteOrderMark: random.chance(0.3),
    },
  };
}
