import type { InvoiceStatus, StatusTotal } from "@/contract/invoices";
import { formatMoney } from "@/contract/money";
import { STRIP_ORDER } from "./status-looks";

/** One part of the strip: a status with how many invoices have it and what they come to. */
export interface StripTotal {
  status: InvoiceStatus;
  count: number;
  reconciled: number;
  /** One amount a currency, the largest first. Amounts of different currencies are never added. */
  amounts: { currency: string; minor: number }[];
}

/** The totals by status in the order of the strip, the currencies of each together. Statuses that no invoice has are left out. */
export function stripTotals(totals: readonly StatusTotal[]): StripTotal[] {
  const byStatus = new Map<InvoiceStatus, StripTotal>();
  for (const { status, currency, count, amountMinor, reconciled } of totals) {
    const one = byStatus.get(status) ?? { status, count: 0, reconciled: 0, amounts: [] };
    one.count += count;
    one.reconciled += reconciled;
    one.amounts.push({ currency, minor: amountMinor });
    byStatus.set(status, one);
  }
  for (const { amounts } of byStatus.values()) amounts.sort((a, b) => b.minor - a.minor);
  return [...byStatus.values()]
    .filter(({ count }) => count > 0)
    .sort((a, b) => STRIP_ORDER.indexOf(a.status) - STRIP_ORDER.indexOf(b.status));
}

/** The largest amount, and how many currencies more there are: `1,200.00 EUR +2`. */
export function shortAmount(amounts: StripTotal["amounts"]): string {
  const [first, ...others] = amounts;
  if (!first) return "";
  const text = formatMoney(first.minor, first.currency);
  return others.length > 0 ? `${text} +${others.length}` : text;
}
