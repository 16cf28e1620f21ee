import { editDistance } from "./edit-distance";
import { type Identifier, type Piece, splitPieces, stripZeros } from "./identifier";

/** What a payment's reference text may be naming, prepared once a payment. */
export interface ReferenceText {
  pieces: Piece[];
  /** Runs of neighbouring pieces with a digit among them, each run together, and where they are. */
  runs: Map<string, Span>;
  /** Runs of neighbouring digit pieces without leading zeros (`2024-123`), and where they are. */
  digits: Map<string, Span>;
  /** Single digit pieces with their zeros. Run together they would name numbers by chance: `2746 2/2`. */
  digitPieces: Map<string, Span>;
  /** Single digit pieces without leading zeros. */
  tails: Set<string>;
}

/** The first and the last of the pieces. */
export type Span = [from: number, to: number];

export type CitationKind = "full" | "digits" | "tail" | "mistyped" | "cut" | "none";

/** How surely a text names a number. Points grow with the digits that agree, about as fast as chance agreement falls. */
export interface Citation {
  kind: CitationKind;
  points: number;
}

const RUN_PIECES_MAX = 6;
const NO_CITATION: Citation = { kind: "none", points: 0 };

export function prepareReference(text: string): ReferenceText {
  return prepare(splitPieces(text));
}

/** The text without the given pieces, for finding mangled numbers in what names nothing yet. */
export function withoutSpans(text: ReferenceText, spans: Span[]): ReferenceText {
  const isNamed = (index: number) => spans.some(([from, to]) => index >= from && index <= to);
  return prepare(text.pieces.map((piece, index) => (isNamed(index) ? GAP : piece)));
}

// Stands where a number was: nothing runs on across it.
const GAP: Piece = { text: "", isDigits: false };

function prepare(pieces: Piece[]): ReferenceText {
  const runs = new Map<string, Span>();
  const digits = new Map<string, Span>();
  const digitPieces = new Map<string, Span>();
  for (let from = 0; from < pieces.length; from += 1) {
    let run = "";
    let hasDigits = false;
    const numbers: string[] = [];
    for (let to = from; to < Math.min(pieces.length, from + RUN_PIECES_MAX); to += 1) {
      const piece = pieces[to] ?? GAP;
      if (piece === GAP) break;
      run += piece.text;
      hasDigits ||= piece.isDigits;
      if (hasDigits && !runs.has(run)) runs.set(run, [from, to]);
      if (!piece.isDigits) continue;
      numbers.push(stripZeros(piece.text));
      const joined = numbers.join("-");
      if (!digits.has(joined)) digits.set(joined, [from, to]);
      if (to === from && !digitPieces.has(piece.text)) digitPieces.set(piece.text, [from, to]);
    }
  }
  return { pieces, runs, digits, digitPieces, tails: new Set([...digitPieces.keys()].map(stripZeros)) };
}

/** The citation that an exact look-up can find; `cite` also finds mangled ones. */
export function citeExactly(text: ReferenceText, number: Identifier): Citation {
  const size = number.digitRun.length;
  if (number.folded.length >= 3 && text.runs.has(number.folded)) {
    return { kind: "full", points: Math.min(14, 2 + 1.6 * size + 0.8 * (number.folded.length - size)) };
  }
  if (size >= 4 && (text.digitPieces.has(number.digitRun) || text.digits.has(number.digits))) {
    return { kind: "digits", points: Math.min(12, 1.7 * size) };
  }
  if (number.tail.length >= 3 && text.tails.has(number.tail)) {
    return { kind: "tail", points: Math.min(8, 1.6 * number.tail.length) };
  }
  return NO_CITATION;
}

/** @param unclaimed the part of the text that names no number exactly, which a mangled number may be in. */
export function cite(text: ReferenceText, unclaimed: ReferenceText, number: Identifier): Citation {
  if (text.tails.size === 0) return NO_CITATION;
  const exact = citeExactly(text, number);
  if (exact.kind === "full" || exact.kind === "digits") return exact;
  const mangled = citeMangled(unclaimed, number);
  return mangled.points > exact.points ? mangled : exact;
}

function citeMangled(text: ReferenceText, { folded, digitRun }: Identifier): Citation {
  if (text.tails.size === 0) return NO_CITATION;
  let mistyped = 0;
  let cut = 0;
  if (folded.length >= 5 && digitRun.length >= 3) {
    for (const run of text.runs.keys()) {
      const distance = slips(run, folded);
      if (distance === 1) mistyped = Math.max(mistyped, Math.min(9, folded.length));
      else if (distance === 2) mistyped = Math.max(mistyped, Math.min(4, folded.length / 2.5));
      if (isCut(run, folded)) cut = Math.max(cut, Math.min(6, run.length * 0.8));
    }
  }
  if (digitRun.length >= 5) {
    for (const run of text.digitPieces.keys()) {
      if (slips(run, digitRun) === 1) mistyped = Math.max(mistyped, Math.min(7, digitRun.length));
      if (run.length < 4) continue;
      const isEnd = run.length >= digitRun.length * 0.5 && digitRun.endsWith(run);
      if (isEnd) cut = Math.max(cut, Math.min(7, run.length * 1.4));
      else if (isCut(run, digitRun)) cut = Math.max(cut, Math.min(5, run.length * 0.8));
    }
  }
  if (mistyped === 0 && cut === 0) return NO_CITATION;
  return mistyped >= cut ? { kind: "mistyped", points: mistyped } : { kind: "cut", points: cut };
}

/** Edit distance up to 2; more counts as unrelated, and for short numbers 2 does. */
function slips(a: string, b: string): number {
  const limit = b.length >= 8 ? 2 : 1;
  if (Math.abs(a.length - b.length) > limit) return 3;
  const distance = editDistance(a, b, limit);
  return distance <= limit ? distance : 3;
}

/** The run is the number without its last characters, but most of it. */
function isCut(run: string, number: string): boolean {
  return run.length >= 5 && run.length < number.length && run.length >= number.length * 0.6 && number.startsWith(run);
}
