// How text becomes words: the same for documents and for questions, or they would never meet.
import { compoundNumber, oneSpelling } from "./spelling-variants";
import { isStopWord } from "./stop-words";

/** A word of a text. */
export interface Word {
  text: string;
  /** Counts words, so neighbours differ by one; a joined form shares the place of its first part. */
  place: number;
  /** Character positions in the text it was read from. */
  start: number;
  end: number;
  /** True for `usefetch` of `useFetch` and `acme214` of `ACM-E214`, which stand beside their parts. */
  joined: boolean;
}

// Letters and digits, held together by single connectors without a space: `ACM-E214`, `fs.readFile`, `1,140.50`, `customer's`.
const COMPOUND = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[.,_\-/'’:@&+][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*(?:\+\+|#)?/gu;
const CONNECTOR = /[.,_\-/:@&+]/;
const PLAIN = /^[a-z]+$/;
const NUMBER = /^\d+(?:,\d{3})*(?:\.\d+)?$/;
const NAMED_BY_MARK = /^[a-z](?:\+\+|#)$/i;
const INITIALS = /^\p{L}(?:[.&]\p{L})+$/u;
// A case change or a change between letters and digits inside one piece.
const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}]+|\p{N}+/gu;
const WORD_LENGTH_MAX = 64;
const JOINED_PIECES_MAX = 5;

/** The words of `text` in order, folded to lower case without accents. Linear in the length of the text. */
export function readWords(text: string): Word[] {
  const words: Word[] = [];
  let place = 0;
  for (const match of text.matchAll(COMPOUND)) {
    const start = match.index;
    const end = start + match[0].length;
    const { parts, joined } = partsOf(match[0]);
    for (const text of joined) words.push({ text, place, start, end, joined: true });
    for (const text of parts) words.push({ text, place: place++, start, end, joined: false });
    if (parts.length === 0) place++;
  }
  return words;
}

/** The words of `text` that say something. */
export const readContentWords = (text: string): Word[] => readWords(text).filter((word) => !isStopWord(word.text));

interface Compound {
  parts: string[];
  joined: string[];
}

// Texts repeat their words: most are taken apart once, and the same for everyone.
const remembered = new Map<string, Compound>();
const REMEMBERED_MAX = 100_000;
const REMEMBERED_LENGTH_MAX = 32;

function partsOf(raw: string): Compound {
  const known = remembered.get(raw);
  if (known) return known;
  const { parts, joined } = takeApart(raw);
  const compound = {
    parts: parts.filter(isShort).map(oneSpelling),
    joined: joined.filter(isShort),
  };
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  if (raw.length <= REMEMBERED_LENGTH_MAX) remembered.set(raw, compound);
  return compound;
}

const isShort = (word: string): boolean => word.length <= WORD_LENGTH_MAX;

function takeApart(raw: string): Compound {
  if (PLAIN.test(raw)) return { parts: [raw], joined: [] };
  if (NUMBER.test(raw)) return { parts: [raw.replaceAll(",", "")], joined: [] };
  const number = compoundNumber(raw);
  if (number !== undefined) return { parts: [number], joined: [] };
  const folded = withoutAccents(raw)
    .replace(/['’]s$/i, "")
    .replaceAll(/['’]/g, "");
  if (NAMED_BY_MARK.test(folded)) return { parts: [folded.toLowerCase()], joined: [] };
  // `U.S.A.` and `R&D` are one word each.
  if (INITIALS.test(folded)) return { parts: [folded.replaceAll(/[.&]/g, "").toLowerCase()], joined: [] };
  const pieces = folded.replace(/[+#]+$/, "").split(CONNECTOR);
  const parts: string[] = [];
  const joined = new Set<string>();
  const isName = pieces.length > 1 && pieces.length <= JOINED_PIECES_MAX && !/[/,:@+]/.test(folded);
  if (isName) joined.add(pieces.join("").toLowerCase());
  for (const piece of pieces) {
    const inner = piece.match(PARTS) ?? [];
    if (inner.length < 2) {
      parts.push(piece.toLowerCase());
      continue;
    }
    joined.add(piece.toLowerCase());
    // The E of E214 means nothing alone; the 5 of 5kg does.
    for (const part of inner) if (part.length > 1 || /^\d/.test(piece)) parts.push(part.toLowerCase());
  }
  return { parts, joined: [...joined] };
}

function withoutAccents(word: string): string {
  return /^[ -~’]*$/.test(word) ? word : word.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss");
}
