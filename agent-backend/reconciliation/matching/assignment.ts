/** One possible pairing of a row, which the edges are listed by, with a column. */
export interface Edge {
  column: number;
  /** Above zero. */
  weight: number;
}

/** A heaviest matching of a bipartite graph, with the prices that prove it. */
export interface Assignment {
  /** The column each row is matched with, or -1. */
  columnOfRow: number[];
  value: number;
  /**
   * Prices, none negative, that sum to `value` while every edge weighs at most its two ends' prices: no other matching
   * can be heavier (linear programming duality).
   */
  rowPrices: number[];
  columnPrices: number[];
}

/**
 * The heaviest matching of rows with columns; both may stay unmatched. Successive shortest augmenting paths after Kuhn
 * and Munkres, with Dijkstra's search on the prices, so that the work grows with the edges and not with the square.
 */
export function assign(edgesOfRow: Edge[][], columnCount: number): Assignment {
  const matching = new Matching(edgesOfRow, columnCount);
  for (let row = 0; row < edgesOfRow.length; row += 1) matching.augment(row);
  return matching.result();
}

class Matching {
  readonly #edgesOfRow: Edge[][];
  readonly #columnOfRow: number[];
  readonly #rowOfColumn: number[];
  readonly #rowPrices: number[];
  readonly #columnPrices: number[];

  constructor(edgesOfRow: Edge[][], columnCount: number) {
    this.#edgesOfRow = edgesOfRow;
    this.#columnOfRow = new Array<number>(edgesOfRow.length).fill(-1);
    this.#rowOfColumn = new Array<number>(columnCount).fill(-1);
    this.#rowPrices = new Array<number>(edgesOfRow.length).fill(0);
    this.#columnPrices = new Array<number>(columnCount).fill(0);
  }

  /** Brings one more row in, at the expense of as little as possible. */
  augment(start: number): void {
    const startPrice = this.#edges(start).reduce(
      (price, { column, weight }) => Math.max(price, weight - this.#columnPrice(column)),
      0,
    );
    this.#rowPrices[start] = startPrice;
    const distance = new Map<number, number>();
    const reachedFrom = new Map<number, number>();
    const settled = new Map<number, number>();
    let row = start;
    let length = 0;
    // A path may end at a row that gives up its column; what that costs is the row's price.
    let end = { row: start, column: -1, length: startPrice };
    for (;;) {
      const giveUp = length + this.#rowPrice(row);
      if (giveUp < end.length) end = { row, column: -1, length: giveUp };
      for (const { column, weight } of this.#edges(row)) {
        if (settled.has(column)) continue;
        const through = length + this.#rowPrice(row) + this.#columnPrice(column) - weight;
        if (through < (distance.get(column) ?? Number.POSITIVE_INFINITY)) {
          distance.set(column, through);
          reachedFrom.set(column, row);
        }
      }
      const next = nearest(distance);
      if (!next || next.length >= end.length) break;
      distance.delete(next.column);
      const owner = this.#rowOfColumn[next.column] ?? -1;
      if (owner < 0) {
        end = { row: -1, column: next.column, length: next.length };
        break;
      }
      settled.set(next.column, next.length);
      row = owner;
      length = next.length;
    }
    this.#adjustPrices(start, settled, end.length);
    this.#shift(end, start, reachedFrom);
  }

  result(): Assignment {
    const value = this.#columnOfRow.reduce((sum, column, row) => {
      const edge = this.#edges(row).find((candidate) => candidate.column === column);
      return sum + (edge?.weight ?? 0);
    }, 0);
    return {
      columnOfRow: this.#columnOfRow,
      value,
      rowPrices: this.#rowPrices,
      columnPrices: this.#columnPrices,
    };
  }

  #adjustPrices(start: number, settled: Map<number, number>, length: number): void {
    this.#rowPrices[start] = Math.max(0, this.#rowPrice(start) - length);
    for (const [column, at] of settled) {
      const row = this.#rowOfColumn[column] ?? -1;
      this.#columnPrices[column] = this.#columnPrice(column) + length - at;
      this.#rowPrices[row] = Math.max(0, this.#rowPrice(row) - (length - at));
    }
  }

  /** Moves every row on the path to the column it reached, from the path's end back to its start. */
  #shift(end: { row: number; column: number }, start: number, reachedFrom: Map<number, number>): void {
    let column = end.column;
    if (column < 0) {
      column = this.#columnOfRow[end.row] ?? -1;
      this.#columnOfRow[end.row] = -1;
      if (end.row === start) return;
    }
    for (;;) {
      const row = reachedFrom.get(column) ?? start;
      const before = this.#columnOfRow[row] ?? -1;
      this.#columnOfRow[row] = column;
      this.#rowOfColumn[column] = row;
      if (row === start) return;
      column = before;
    }
  }

  #edges(row: number): Edge[] {
    return this.#edgesOfRow[row] ?? [];
  }

  #rowPrice(row: number): number {
    return this.#rowPrices[row] ?? 0;
  }

  #columnPrice(column: number): number {
    return this.#columnPrices[column] ?? 0;
  }
}

function nearest(distance: Map<number, number>): { column: number; length: number } | null {
  let best: { column: number; length: number } | null = null;
  for (const [column, length] of distance) if (!best || length < best.length) best = { column, length };
  return best;
}
