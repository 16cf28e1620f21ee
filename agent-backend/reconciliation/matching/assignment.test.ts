import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign, type Edge } from "./assignment";

const COLUMNS = 5;
const graphs = fc.array(
  fc.uniqueArray(
    fc.record({ column: fc.integer({ min: 0, max: COLUMNS - 1 }), weight: fc.integer({ min: 1, max: 30 }) }),
    {
      selector: ({ column }) => column,
    },
  ),
  { maxLength: 6 },
);

function heaviest(edgesOfRow: Edge[][], row = 0, used = new Set<number>()): number {
  const edges = edgesOfRow[row];
  if (!edges) return 0;
  const values = edges
    .filter(({ column }) => !used.has(column))
    .map(({ column, weight }) => weight + heaviest(edgesOfRow, row + 1, new Set([...used, column])));
  return Math.max(heaviest(edgesOfRow, row + 1, used), ...values);
}

describe("assign", () => {
  it("is as heavy as the heaviest of all matchings, and its prices prove it", () => {
    fc.assert(
      fc.property(graphs, (edgesOfRow) => {
        const { columnOfRow, value, rowPrices, columnPrices } = assign(edgesOfRow, COLUMNS);
        const used = columnOfRow.filter((column) => column >= 0);
        expect(new Set(used).size).toBe(used.length);
        expect(value).toBe(heaviest(edgesOfRow));
        const prices = [...rowPrices, ...columnPrices];
        expect(Math.min(0, ...prices)).toBeGreaterThanOrEqual(0);
        expect(prices.reduce((sum, price) => sum + price, 0)).toBeCloseTo(value, 6);
        for (const [row, edges] of edgesOfRow.entries()) {
          for (const { column, weight } of edges) {
            expect((rowPrices[row] ?? 0) + (columnPrices[column] ?? 0)).toBeGreaterThanOrEqual(weight - 1e-9);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
