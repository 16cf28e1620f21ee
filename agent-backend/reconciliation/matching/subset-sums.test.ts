import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSubsets } from "./subset-sums";

const search = { tolerance: 2, sizeMin: 2, sizeMax: 4, limit: 1_000, steps: 100_000 };

describe("findSubsets", () => {
  it("finds exactly the subsets that make up the sum", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 9 }),
        fc.integer({ min: 1, max: 150 }),
        (amounts, target) => {
          const expected: string[] = [];
          for (let mask = 0; mask < 2 ** amounts.length; mask += 1) {
            const subset = amounts.flatMap((_, index) => ((mask >> index) & 1 ? [index] : []));
            const sum = subset.reduce((total, index) => total + (amounts[index] ?? 0), 0);
            if (subset.length >= 2 && subset.length <= 4 && Math.abs(sum - target) <= 2) expected.push(subset.join());
          }
          const found = findSubsets({ ...search, amounts, target }).map((subset) => subset.join());
          expect(found.sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  it("stops at its limit and after its steps", () => {
    const amounts = new Array<number>(24).fill(10);
    expect(findSubsets({ ...search, amounts, target: 40, limit: 5 })).toHaveLength(5);
    const startMs = performance.now();
    findSubsets({ ...search, amounts: amounts.map((amount, index) => amount + index), target: 1_000_001, sizeMax: 20 });
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});
