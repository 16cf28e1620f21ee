/** Amounts as people read them, in pages, chats, letters and reasons alike. What machines read keeps plain numbers. */

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

/** The amount of minor units with its currency: `1,234.50 EUR`. Exact however large it is, so it is not divided. */
export function formatMoney(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(?:\d{3})+$)/g, ",");
  const fraction = exponent > 0 ? `.${digits.slice(-exponent)}` : "";
  return `${minor < 0 ? "-" : ""}${whole}${fraction} ${currency}`.trimEnd();
}
