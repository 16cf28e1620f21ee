import { formatMoney } from "@/contract/money";

/** What was paid, without the sign of the statement; money that came in says so. */
export function formatPaid({ amountMinor, currency }: { amountMinor: number; currency: string }): string {
  return amountMinor > 0 ? `${formatMoney(amountMinor, currency)} received` : formatMoney(-amountMinor, currency);
}
