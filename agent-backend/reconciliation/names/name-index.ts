import { nameSimilarity } from "./name-similarity";
import { type PreparedName, prepareName } from "./normalize-name";

/** Names that could be each other share the first letters of a word, or most of a word's letters. */
const PIECE_LENGTH = 4;
/** A piece that more than this share of the suppliers have narrows nothing down. */
const COMMON_SHARE = 0.04;
/** Less similar names are never worth a look. */
export const SIMILAR_MIN = 0.4;

/**
 * Similarity of the names that occur in one set of books. Names are prepared once, each pair is judged once, and
 * a word weighs less the more suppliers carry it ("Logistics").
 */
export class NameIndex {
  /** Different spellings of the same words are prepared to one object, so that pairs of it are judged once. */
  readonly #preparedByName = new Map<string, PreparedName>();
  readonly #preparedByKey = new Map<string, PreparedName>();
  readonly #similarities = new Map<PreparedName, Map<PreparedName, number>>();
  readonly #similarNames = new Map<PreparedName, { name: string; similarity: number }[]>();
  readonly #spellings = new Map<PreparedName, string[]>();
  readonly #byPiece = new Map<string, Set<PreparedName>>();
  readonly #wordWeights = new Map<string, number>();
  readonly #commonPiece: number;

  constructor(supplierNames: Iterable<string>) {
    for (const name of [...new Set(supplierNames)].sort()) {
      const prepared = this.#prepare(name);
      const spellings = this.#spellings.get(prepared);
      if (spellings) spellings.push(name);
      else this.#spellings.set(prepared, [name]);
    }
    const counts = new Map<string, number>();
    for (const prepared of this.#spellings.keys()) {
      for (const piece of piecesOf(prepared.words)) {
        const holders = this.#byPiece.get(piece);
        if (holders) holders.add(prepared);
        else this.#byPiece.set(piece, new Set([prepared]));
      }
      for (const word of new Set(prepared.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    for (const [word, count] of counts) this.#wordWeights.set(word, 1 / (1 + (12 * count) / this.#spellings.size));
    this.#commonPiece = Math.max(12, this.#spellings.size * COMMON_SHARE);
  }

  /** How likely both names mean the same supplier, from 0 to 1. */
  similarity(a: string, b: string): number {
    return a === b ? 1 : this.#compare(this.#prepare(a), this.#prepare(b));
  }

  /** The suppliers' names at least `SIMILAR_MIN` similar to `name`, best first. */
  similarNames(name: string): { name: string; similarity: number }[] {
    const prepared = this.#prepare(name);
    let similar = this.#similarNames.get(prepared);
    if (!similar) {
      similar = [...this.#shortlist(prepared)]
        .map((other) => ({ other, similarity: this.#compare(prepared, other) }))
        .filter(({ similarity }) => similarity >= SIMILAR_MIN)
        .flatMap(({ other, similarity }) =>
          (this.#spellings.get(other) ?? []).map((spelling) => ({ name: spelling, similarity })),
        )
        .sort((x, y) => y.similarity - x.similarity || (x.name < y.name ? -1 : 1));
      this.#similarNames.set(prepared, similar);
    }
    return similar;
  }

  /** Names that share a piece few names have; any piece when there is none such. */
  #shortlist({ words, full }: PreparedName): Set<PreparedName> {
    if (full === "") return new Set();
    const holders = [...piecesOf(words)].flatMap((piece) => this.#byPiece.get(piece) ?? []);
    const telling = holders.filter(({ size }) => size <= this.#commonPiece);
    return new Set((telling.length > 0 ? telling : holders).flatMap((set) => [...set]));
  }

  #compare(a: PreparedName, b: PreparedName): number {
    if (a === b) return 1;
    const [first, second] = a.full < b.full ? [a, b] : [b, a];
    let row = this.#similarities.get(first);
    if (!row) {
      row = new Map();
      this.#similarities.set(first, row);
    }
    let value = row.get(second);
    if (value === undefined) {
      value = nameSimilarity(first, second, (word) => this.#wordWeights.get(word) ?? 1);
      row.set(second, value);
    }
    return value;
  }

  #prepare(name: string): PreparedName {
    let prepared = this.#preparedByName.get(name);
    if (!prepared) {
      const fresh = prepareName(name);
      const key = `${fresh.words.join(" ")}|${fresh.full}`;
      prepared = this.#preparedByKey.get(key) ?? fresh;
      this.#preparedByKey.set(key, prepared);
      this.#preparedByName.set(name, prepared);
    }
    return prepared;
  }
}

function piecesOf(words: string[]): Set<string> {
  const pieces = new Set<string>();
  const joined = words.join("");
  pieces.add(`^${joined.slice(0, 2)}`);
  // Each word's start finds abbreviations; the inner runs find a word whose first letters are mistyped.
  for (const word of words) {
    pieces.add(`^${word.slice(0, 2)}`);
    for (let at = 0; at + PIECE_LENGTH <= word.length; at += 1) pieces.add(word.slice(at, at + PIECE_LENGTH));
  }
  if (words.length >= 3)
    pieces.add(
      `^${words
        .map((word) => word[0])
        .join("")
        .slice(0, 2)}`,
    );
  return pieces;
}
