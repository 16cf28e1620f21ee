/**
 * Invoice and order numbers as people retype them: in pieces of letters and digits, with the letters that are taken
 * for digits folded to the digit.
 */
export interface Identifier {
  /** All pieces run together: `INV202400123` with look-alike letters folded (`1NV202400123`). */
  folded: string;
  /** The digit pieces without leading zeros: `2024-123`. */
  digits: string;
  /** The digits of all pieces run together, zeros kept: `202400123`. */
  digitRun: string;
  /** The letter pieces run together: prefix and suffix. */
  letters: string;
  /** The last digit piece without leading zeros: `123`. */
  tail: string;
}

export interface Piece {
  /** Upper case, look-alikes folded. */
  text: string;
  isDigits: boolean;
}

const LOOK_ALIKES: Record<string, string> = { O: "0", Q: "0", I: "1", L: "1", Z: "2", S: "5", B: "8" };

// A look-alike letter inside a run of digits belongs to it; at either end only the O does, since letters there are
// usually a prefix or suffix of the number.
const PIECE = /(?:(?<!\p{L})[OQ]+)?\d(?:[\dOQILZSB]*\d)?(?:[OQ]+(?!\p{L}))?|\p{L}+/gu;

/** Splits at separators and between letters and digits. */
export function splitPieces(text: string): Piece[] {
  const pieces = text.normalize("NFKC").toUpperCase().match(PIECE) ?? [];
  return pieces.map((piece) => ({ text: fold(piece), isDigits: /\d/.test(piece) }));
}

export function toIdentifier(number: string): Identifier {
  const pieces = splitPieces(number);
  const digitPieces = pieces.filter((piece) => piece.isDigits).map((piece) => piece.text);
  const bare = digitPieces.map(stripZeros);
  return {
    folded: pieces.map((piece) => piece.text).join(""),
    digits: bare.join("-"),
    digitRun: digitPieces.join(""),
    letters: pieces.flatMap((piece) => (piece.isDigits ? [] : piece.text)).join(""),
    tail: bare.at(-1) ?? "",
  };
}

export function stripZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}

function fold(text: string): string {
  return text.replace(/[OQILZSB]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
}
