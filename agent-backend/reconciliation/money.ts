import { currencyExponent } from "@/contract/money";
import type { Decimal, MinorUnits } from "./books";

/** The two cents that payments and sums may be off by, in minor units; two whole units where there are no cents. */
export function roundingTolerance(currency: string): MinorUnits {
  return 2 * 10 ** Math.max(0, currencyExponent(currency) - 2);
}

/**
 * The decimal in minor units, or null when it has more decimals than the currency or is too large to be exact. What
 * binary fractions leave behind in exports (`12.340000000000002`) is not counted as decimals.
 */
export function toMinorUnits(value: Decimal, currency: string): MinorUnits | null {
  const rounded = roundedUnits(value, currencyExponent(currency));
  const excess = value.scale - currencyExponent(currency);
  if (excess > 0) {
    const residue = value.units - rounded * 10n ** BigInt(excess);
    const distance = residue < 0n ? -residue : residue;
    if (distance * 1_000_000n > 10n ** BigInt(excess)) return null;
  }
  return safeNumber(rounded);
}

/** The decimal in minor units, rounded half away from zero; null when too large to be exact. */
export function roundToMinorUnits(value: Decimal, currency: string): MinorUnits | null {
  return safeNumber(roundedUnits(value, currencyExponent(currency)));
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  const lift = (value: Decimal) => value.units * 10n ** BigInt(scale - value.scale);
  return { units: lift(a) + lift(b), scale };
}

function roundedUnits(value: Decimal, exponent: number): bigint {
  const excess = value.scale - exponent;
  if (excess <= 0) return value.units * 10n ** BigInt(-excess);
  const divisor = 10n ** BigInt(excess);
  const magnitude = ((value.units < 0n ? -value.units : value.units) * 2n + divisor) / (divisor * 2n);
  return value.units < 0n ? -magnitude : magnitude;
}

function safeNumber(units: bigint): number | null {
  const value = Number(units);
  return Number.isSafeInteger(value) ? value : null;
}
