import type { Decimal, MinorUnits } from "./books";

// ISO 4217, list one: the currencies whose minor unit is not a hundredth. (CLDR, and with it Intl, differs for some.)
const EXPONENTS: Record<string, number> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** How many decimals the currency has: 2 for most, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

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

/** The amount for people: `1234.50 EUR`. */
export function formatMoney(amount: MinorUnits, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent > 0 ? `.${digits.slice(-exponent)}` : "";
  return `${amount < 0 ? "-" : ""}${whole}${fraction} ${currency}`;
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
