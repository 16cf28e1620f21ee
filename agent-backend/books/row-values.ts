import type { Decimal, EpochDay } from "../reconciliation/books";

const DAY_MS = 86_400_000;

export const toDate = (day: EpochDay): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const toDay = (date: string): EpochDay => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The exact number as Postgres reads it. */
export function toNumeric({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? "-" : "";
  return scale > 0 ? `${sign}${whole}.${digits.slice(-scale)}` : `${sign}${whole}`;
}

export function toDecimal(numeric: string): Decimal {
  const point = numeric.indexOf(".");
  const scale = point < 0 ? 0 : numeric.length - point - 1;
  return { units: BigInt(numeric.replace(".", "")), scale };
}

/** Text without what Postgres cannot keep. */
export const storable = (text: string): string => text.replaceAll("\0", "\uFFFD").toWellFormed();

/** Rows in portions that one statement takes. */
export function* portions<T>(rows: readonly T[], size = 1_000): Generator<T[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}
