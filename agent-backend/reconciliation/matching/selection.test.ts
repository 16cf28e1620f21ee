import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pulse } from "../pulse";
import { type Option, selectBest } from "./selection";

const elements = (count: number) => fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: count });
const options = fc.array(
  fc.record({ payments: elements(3), places: elements(3), points: fc.integer({ min: -5, max: 30 }) }),
  { maxLength: 13 },
);

const conflict = (a: Option, b: Option) =>
  a.payments.some((payment) => b.payments.includes(payment)) || a.places.some((place) => b.places.includes(place));
const worth = (chosen: Option[]) => chosen.reduce((sum, { points }) => sum + points, 0);

function bestWorth(left: Option[]): number {
  const [first, ...others] = left;
  if (!first) return 0;
  const without = bestWorth(others);
  return Math.max(without, first.points + bestWorth(others.filter((other) => !conflict(first, other))));
}

describe("selectBest", () => {
  it("chooses what is worth most of all choices without conflicts", async () => {
    await fc.assert(
      fc.asyncProperty(options, async (all) => {
        const chosen = await selectBest(all, new Pulse());
        for (const [index, option] of chosen.entries()) {
          expect(chosen.slice(index + 1).some((other) => conflict(option, other))).toBe(false);
        }
        expect(worth(chosen)).toBe(bestWorth(all));
      }),
      { numRuns: 1_500 },
    );
  });

  it("takes two lesser options over the one that a greedy choice would take", async () => {
    const pair = (payment: number, place: number, points: number) => ({ payments: [payment], places: [place], points });
    const chosen = await selectBest([pair(0, 0, 10), pair(0, 1, 9), pair(1, 0, 9)], new Pulse());
    expect(worth(chosen)).toBe(18);
  });
});
