import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "./edit-distance";
import { nearestTerms } from "./spelling";

describe("editDistance", () => {
  it.each([
    ["return", "return", 0],
    ["retrun", "return", 1],
    ["retur", "return", 1],
    ["retturn", "return", 1],
    ["rexurn", "return", 1],
    ["rexrun", "return", 2],
  ])("%s to %s takes %i", (a, b, slips) => expect(editDistance(a, b, 2)).toBe(slips));

  it("says only that it is over the limit", () => expect(editDistance("battery", "warranty", 2)).toBe(3));

  it("is the same both ways and never below the difference in length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b, 30)).toBe(editDistance(b, a, 30));
        expect(editDistance(a, b, 30)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe("nearestTerms", () => {
  const known = ["warranty", "warrant", "current", "config", "configuration"].map((word) => ({ word, term: word }));

  it("prefers the fewest slips", () => expect(nearestTerms("warrenty", known)[0]?.term).toBe("warranty"));

  it("takes a longer word that begins with it", () =>
    expect(nearestTerms("configura", known).map(({ term }) => term)).toEqual(["configuration"]));

  it("leaves short words alone", () => expect(nearestTerms("cur", known)).toEqual([]));
});
