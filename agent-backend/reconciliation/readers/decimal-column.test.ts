import { describe, expect, it } from "vitest";
import { inferDecimalMark, parseDecimal } from "./decimal-column";

const toNumber = (text: string, mark: "." | "," = ".") => {
  const decimal = parseDecimal(text, mark);
  return decimal && Number(decimal.units) / 10 ** decimal.scale;
};

describe("inferDecimalMark", () => {
  it("takes what the column shows, and nothing from what can be read both ways", () => {
    expect(inferDecimalMark(["1.234", "12,50"])).toBe(",");
    expect(inferDecimalMark(["1,234", "12.5"])).toBe(".");
    expect(inferDecimalMark(["1.234.567", "5"])).toBe(",");
    expect(inferDecimalMark(["0.125"])).toBe(".");
    expect(inferDecimalMark(["1.234", "5"])).toBeNull();
  });
});

describe("parseDecimal", () => {
  it.each([
    ["1,234.50", 1_234.5],
    ["1.234,50", 1_234.5],
    ["1 234,50", 1_234.5],
    ["1\u00a0234\u202f567,5", 1_234_567.5],
    ["1'234.50", 1_234.5],
    ["-12.5", -12.5],
    ["12,50-", -12.5],
    ["(12.50)", -12.5],
    ["\u221212.50", -12.5],
    ["€ 12.50", 12.5],
    ["12.50 EUR", 12.5],
    ["-EUR 3", -3],
    ["12,34,567.00", 1_234_567],
    [".5", 0.5],
  ])("reads %s", (text, value) => {
    expect(toNumber(text)).toBe(value);
  });

  it("lets the column decide only what can be read both ways", () => {
    expect(toNumber("1.234", ".")).toBe(1.234);
    expect(toNumber("1.234", ",")).toBe(1_234);
    expect(toNumber("12,50", ".")).toBe(12.5);
  });

  it.each(["", "abc", "1.2.3", "1,23,4.5", "12a", "--5", "(5", "1e5", "1.234,5.6", "NaN"])("refuses %j", (text) => {
    expect(parseDecimal(text, ".")).toBeNull();
  });
});
