import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContentWords, readWords } from "./words";

const texts = (text: string) => readWords(text).map(({ text }) => text);

describe("readWords", () => {
  it.each([
    ["useFetch", ["usefetch", "use", "fetch"]],
    ["ACM-E214", ["acme214", "e214", "acm", "214"]],
    ["fs.readFile", ["fsreadfile", "readfile", "fs", "read", "file"]],
    ["snake_case_name", ["snakecasename", "snake", "case", "name"]],
    ["10km", ["10km", "10", "km"]],
    ["e-mail", ["email", "e", "mail"]],
    ["and/or", ["and", "or"]],
    ["24/7", ["24", "7"]],
  ])("takes %s apart and keeps it whole", (text, expected) => expect(texts(text)).toEqual(expected));

  it.each([
    ["1,140.50", "1140.50"],
    ["customer's", "customer"],
    ["it’s", "it"],
    ["U.S.A.", "usa"],
    ["R&D", "rd"],
    ["C++", "c++"],
    ["naïve", "naive"],
    ["Straße", "strasse"],
  ])("reads %s as one word, %s", (text, expected) => expect(texts(text)).toEqual([expected]));

  it.each([
    ["colour", "color"],
    ["organisation", "organization"],
    ["centre", "center"],
    ["thirty", "30"],
    ["forty-five", "45"],
  ])("spells %s and %s alike", (a, b) => expect(texts(a)).toEqual(texts(b)));

  it("keeps words apart that only look like spelling variants", () => {
    expect(texts("hours")).toEqual(["hours"]);
    expect(texts("rising")).toEqual(["rising"]);
  });

  it("gives neighbours neighbouring places, and joined forms the place of their first part", () => {
    const places = readWords("reset ACM-E214 now").map(({ text, place, joined }) => [text, place, joined]);
    expect(places).toEqual([
      ["reset", 0, false],
      ["acme214", 1, true],
      ["e214", 1, true],
      ["acm", 1, false],
      ["214", 2, false],
      ["now", 3, false],
    ]);
  });

  it("points at the characters a word was read from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const { start, end, place, text: word } of readWords(text)) {
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toMatch(/^[\p{L}\p{N}]/u);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(word.length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });

  it("stays linear on a word without an end", () => {
    const start = performance.now();
    expect(readWords("aB1-".repeat(500_000)).length).toBeGreaterThan(0);
    expect(readWords("a".repeat(2_000_000))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(25_000);
  });
});

it("leaves out words that say nothing", () => {
  expect(readContentWords("What is the warranty of the pump?").map(({ text }) => text)).toEqual(["warranty", "pump"]);
});
