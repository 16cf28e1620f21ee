/** What somebody wrote as a number, in the unit that is stored: null when they wrote nothing, NaN when it is no number. */
export function readAmount(text: string, scale = 1): number | null {
  const clean = text
    .trim()
    .replace(/[\s$€%]/g, "")
    .replace(/,(?=\d{3}(\D|$))/g, "")
    .replace(",", ".");
  if (clean === "") return null;
  // Without the rounding 70 % would be stored as 0.7000000000000001.
  return /^-?(\d+\.?\d*|\.\d+)$/.test(clean) ? Number((Number(clean) * scale).toPrecision(12)) : Number.NaN;
}

/** The same the other way round. */
export function writeAmount(value: number | null | undefined, scale = 1): string {
  return value === null || value === undefined ? "" : String(Number((value / scale).toPrecision(12)));
}
