import { describe, expect, it } from "vitest";
import { nearestTerms } from "./spelling";

const nearest = (word: string, ...known: string[]) =>
  nearestTerms(
    word,
    known.map((word) => ({ word, term: word })),
  ).map(({ term }) => term);

describe("nearestTerms", () => {
  it.each([
    ["bearngs", "bearings"],
    ["wieght", "weight"],
    ["certifcate", "certificate"],
    ["reconditoned", "reconditioned"],
    ["cert", "certificate"],
    ["rent", "rental"],
  ])("takes %s for %s", (word, meant) => expect(nearest(word, meant, "shoe")).toEqual([meant]));

  it.each([
    ["a short word", "deal", ["dead", "dial", "dual"]],
    ["a word of general English", "beach", ["bench", "bleach"]],
    ["a form of one", "colleges", ["colleagues"]],
    ["a word with another first letter", "batch", ["catch", "match", "patch"]],
  ])("takes %s for no other", (_, word, known) => expect(nearest(word, ...known)).toEqual([]));

  it("allows another first letter in a long word", () =>
    expect(nearest("pertificate", "certificate")).toEqual(["certificate"]));
});
