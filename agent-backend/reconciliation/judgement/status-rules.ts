// Which status an invoice has, once it is known which order it bills and what pays it: the same whether the engine or a person says so.
import type { MinorUnits } from "../books";
import { type AmountKind, fitAmount, isFee } from "../matching/amount-fit";
import { roundingTolerance } from "../money";
import { netFits } from "../orders/orders";
import type { InvoiceStatus } from "../result";

export interface Bill {
  currency: string;
  total: MinorUnits;
  tax: MinorUnits;
}

/** What an order comes to; its net is null where its sum is not known. */
export interface Ordered {
  currency: string;
  net: MinorUnits | null;
  lines: number;
}

export interface Share {
  currency: string;
  /** The payment's amount without its sign. */
  paid: MinorUnits;
  /** True when the payment covers several invoices, and each of them as a whole. */
  shared: boolean;
}

export interface Standing {
  status: InvoiceStatus;
  /** What was paid for it; a shared payment counts as the invoice's total. */
  sum: MinorUnits;
  /** How many of the payments are for the whole of it. */
  inFull: number;
  /** How the sum of the payments relates to the total. */
  fit: AmountKind;
}

/** The first status that applies, in the order of contract/invoices.ts. A copy of another invoice is one before everything else. */
export function standingOf(bill: Bill, order: Ordered | null, shares: readonly Share[], isCopy: boolean): Standing {
  const paid = shares.map((share) => (share.shared ? bill.total : share.paid));
  const sum = paid.reduce((all, one) => all + one, 0);
  const kinds = paid.map((one) => fitAmount(one, bill.total, bill.currency).kind);
  const inFull = kinds.filter((kind) => kind === "exact" || kind === "fee").length;
  const fit = fitOfSum(sum, bill);
  const standing = (status: InvoiceStatus): Standing => ({ status, sum, inFull, fit });

  if (isCopy) return standing("duplicate_invoice");
  if (!order) return standing("missing_po");
  if ([bill, ...shares].some(({ currency }) => currency !== order.currency)) return standing("currency_mismatch");
  if (order.net !== null && !netFits(bill.total - bill.tax, order)) return standing("amount_mismatch");
  if (shares.length === 0) return standing("unpaid");
  const isDouble = Math.abs(sum - 2 * bill.total) <= 2 * roundingTolerance(bill.currency);
  if (inFull >= 2 || (shares.length >= 2 && isDouble)) return standing("duplicate_payment");
  if (fit === "over") return standing("overpayment");
  if (fit === "partial") return standing("partial_payment");
  return standing(shares.length > 1 ? "split_payment" : "matched");
}

function fitOfSum(sum: MinorUnits, { total, currency }: Bill): AmountKind {
  if (Math.abs(sum - total) <= roundingTolerance(currency)) return "exact";
  if (sum > total) return "over";
  return isFee(total - sum, total) ? "fee" : "partial";
}
