import type { MinorUnits } from "../books";
import { roundingTolerance } from "../money";

export type AmountKind = "exact" | "fee" | "partial" | "over";

export interface AmountFit {
  kind: AmountKind;
  points: number;
}

/** Banks along the way keep at most this share of a payment; a larger shortfall is a partial payment. */
const FEE_SHARE_MAX = 0.02;

/** Whether a bank fee explains that so much is missing of the total. Half a minor unit allows for the fee's rounding. */
export function isFee(missing: MinorUnits, total: MinorUnits): boolean {
  return missing > 0 && missing <= total * FEE_SHARE_MAX + 0.5;
}

/** How a payment of `paid` relates to a bill of `total`, both in `currency`. */
export function fitAmount(paid: MinorUnits, total: MinorUnits, currency: string): AmountFit {
  if (Math.abs(paid - total) <= roundingTolerance(currency)) return { kind: "exact", points: paid === total ? 7 : 6.5 };
  if (total <= 0) return { kind: "over", points: -6 };
  const share = paid / total;
  if (share < 1) {
    if (isFee(total - paid, total)) return { kind: "fee", points: 4.5 - (1.5 * (1 - share)) / FEE_SHARE_MAX };
    return { kind: "partial", points: (share >= 0.15 ? -1 : -3) + roundness(share, total) };
  }
  return { kind: "over", points: (share <= 1.25 ? -1 : share <= 2.05 ? -2 : -6) + roundness(share, total) };
}

/** Deposits, instalments and surcharges are often whole percents or thirds, which chance hardly ever hits to the cent. */
function roundness(share: number, total: MinorUnits): number {
  if (total < 10_000) return 0;
  if (isWhole(share, 20, total)) return 3.5;
  return isWhole(share, 100, total) || isWhole(share, 3, total) ? 2.5 : 0;
}

/** Whether the share is a number of such parts of the total, but for one minor unit of rounding. */
function isWhole(share: number, parts: number, total: MinorUnits): boolean {
  return Math.abs(share * parts - Math.round(share * parts)) * total <= 1.01 * parts;
}
