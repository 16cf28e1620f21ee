const whole = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const small = new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumSignificantDigits: 2 });

/** An amount of US dollars. Less than a cent keeps two digits that mean something: model calls often cost that little. */
export function formatUsd(usd: number): string {
  return usd !== 0 && Math.abs(usd) < 0.01 ? small.format(usd) : whole.format(usd);
}
