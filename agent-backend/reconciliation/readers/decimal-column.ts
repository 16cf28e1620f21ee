import type { Decimal } from "../books";

export type DecimalMark = "." | ",";

// Thousands are set off by spaces of several widths and by apostrophes (Switzerland).
const GROUPING = /[\s\u00a0\u2007\u2009\u202f'’]/g;

/**
 * The decimal mark that the column's values show, or null when each of them can be read both ways (`1.234`).
 * A value with both marks ends in its decimal mark; a mark that occurs twice separates thousands; a mark before other
 * than three digits is decimal.
 */
export function inferDecimalMark(values: Iterable<string>): DecimalMark | null {
  const votes = { ".": 0, ",": 0 };
  for (const value of values) {
    const mark = decidedMark(bareNumber(value));
    if (mark) votes[mark] += 1;
  }
  if (votes["."] === votes[","]) return null;
  return votes["."] > votes[","] ? "." : ",";
}

/** Reads one amount exactly, or null when it is not a number. `mark` decides only values that can be read both ways. */
export function parseDecimal(text: string, mark: DecimalMark): Decimal | null {
  const bare = bareNumber(text);
  const match = /^(\(?)([+-]?)([\d.,]+)([+-]?)(\)?)$/.exec(bare);
  if (!match) return null;
  const [, open, sign, digits = "", trailingSign, close] = match;
  if (Boolean(open) !== Boolean(close) || (sign && trailingSign)) return null;

  const decimalMark = decidedMark(digits) ?? mark;
  const thousandsMark = decimalMark === "." ? "," : ".";
  const [whole = "", fraction = "", ...rest] = digits.split(decimalMark);
  if (rest.length > 0 || fraction.includes(thousandsMark)) return null;
  if (whole.includes(thousandsMark) && !isGrouped(whole.split(thousandsMark))) return null;
  const wholeDigits = whole.replaceAll(thousandsMark, "");
  if (wholeDigits + fraction === "" || (wholeDigits + fraction).length > 30) return null;

  const negative = sign === "-" || trailingSign === "-" || Boolean(open);
  const units = BigInt(wholeDigits + fraction);
  return { units: negative ? -units : units, scale: fraction.length };
}

function bareNumber(text: string): string {
  // Most cells are plain, and a large file has a hundred thousand of them.
  if (/^-?[\d.,]+$/.test(text)) return text;
  return text
    .replace(GROUPING, "")
    .replace(/[\u2212\u2013]/g, "-")
    .replace(/^([+-]?)(?:[A-Z]{3}|\p{Sc})([+-]?)/u, "$1$2")
    .replace(/(?:[A-Z]{3}|\p{Sc})$/u, "");
}

function decidedMark(digits: string): DecimalMark | null {
  const lastDot = digits.lastIndexOf(".");
  const lastComma = digits.lastIndexOf(",");
  if (lastDot < 0 && lastComma < 0) return null;
  if (lastDot >= 0 && lastComma >= 0) return lastDot > lastComma ? "." : ",";
  const present = lastDot >= 0 ? "." : ",";
  const other = present === "." ? "," : ".";
  const parts = digits.replace(/[^\d.,]/g, "").split(present);
  if (parts.length > 2) return other;
  const [whole = "", fraction = ""] = parts;
  const couldBeThousands = fraction.length === 3 && whole.length <= 3 && /^[1-9]/.test(whole);
  return couldBeThousands ? null : present;
}

/** Groups of three, or of two before the last one (India). */
function isGrouped(groups: string[]): boolean {
  const [first = "", ...others] = groups;
  const last = others.pop() ?? "";
  return (
    first.length <= 3 && first.length > 0 && last.length === 3 && others.every((g) => g.length === 3 || g.length === 2)
  );
}
