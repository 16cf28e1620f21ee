import type { EpochDay } from "../books";

export type DateOrder = "dmy" | "mdy";

const DAY_MS = 86_400_000;
const TIME = "(?:[T ]\\d{1,2}:\\d{2}.*)?";
const ISO = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NUMERIC = new RegExp(`^(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`);
const DAY_MONTH_NAME = /^(\d{1,2})[.\s/-]*([\p{L}]{3,9})\.?[\s,/-]*(\d{4}|\d{2})$/u;
const MONTH_NAME_DAY = /^([\p{L}]{3,9})\.?\s*(\d{1,2})(?:,\s*|\s+)(\d{4})$/u;

const MONTHS: Record<string, number> = {
  ...{ jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12 },
  // German month names, which exports from German software keep.
  ...{ mär: 3, mrz: 3, mai: 5, okt: 10, dez: 12 },
};

/**
 * Whether the column puts the day or the month first, as far as its values show: a first part over 12 is a day, a
 * second part over 12 likewise, and dots are only written day first. Null when nothing decides.
 */
export function inferDateOrder(values: Iterable<string>): DateOrder | null {
  let dayFirst = 0;
  let monthFirst = 0;
  let dotted = 0;
  for (const value of values) {
    const match = NUMERIC.exec(value);
    if (!match) continue;
    const first = Number(match[1]);
    const second = Number(match[3]);
    if (first > 12 && second <= 12) dayFirst += 1;
    if (second > 12 && first <= 12) monthFirst += 1;
    if (match[2] === ".") dotted += 1;
  }
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? "dmy" : "mdy";
  return dotted > 0 ? "dmy" : null;
}

/** Reads one date, or null when it is none (the 31st of February included). Year first is read whatever `order` says. */
export function parseDate(text: string, order: DateOrder): EpochDay | null {
  const iso = ISO.exec(text);
  if (iso) return toEpochDay(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const compact = COMPACT.exec(text);
  if (compact) return toEpochDay(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const first = Number(numeric[1]);
    const second = Number(numeric[3]);
    const year = fullYear(numeric[4] ?? "");
    return order === "dmy" ? toEpochDay(year, second, first) : toEpochDay(year, first, second);
  }
  const dayFirst = DAY_MONTH_NAME.exec(text);
  if (dayFirst) return toEpochDay(fullYear(dayFirst[3] ?? ""), monthNumber(dayFirst[2]), Number(dayFirst[1]));
  const nameFirst = MONTH_NAME_DAY.exec(text);
  if (nameFirst) return toEpochDay(Number(nameFirst[3]), monthNumber(nameFirst[1]), Number(nameFirst[2]));
  return null;
}

/** `2024-03-05`. */
export function formatDay(day: EpochDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function toEpochDay(year: number, month: number, day: number): EpochDay | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1900 && year <= 2199 ? date.getTime() / DAY_MS : null;
}

function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
}

function monthNumber(name = ""): number {
  return MONTHS[name.toLowerCase().slice(0, 3)] ?? 0;
}
