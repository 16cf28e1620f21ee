import { describe, expect, it } from "vitest";
import { currencyExponent } from "@/contract/money";
import { roundingTolerance, roundToMinorUnits, toMinorUnits } from "./money";

describe("minor units", () => {
  it("follow ISO 4217: none for yen, three for the Kuwaiti dinar", () => {
    expect([currencyExponent("JPY"), currencyExponent("EUR"), currencyExponent("KWD")]).toEqual([0, 2, 3]);
    expect([roundingTolerance("JPY"), roundingTolerance("EUR"), roundingTolerance("KWD")]).toEqual([2, 2, 20]);
  });

  it("are exact, and refused where the currency has no such decimals", () => {
    expect(toMinorUnits({ units: 123_450n, scale: 3 }, "EUR")).toBe(12_345);
    expect(toMinorUnits({ units: 123_456n, scale: 3 }, "EUR")).toBeNull();
    expect(toMinorUnits({ units: 1_000n, scale: 0 }, "JPY")).toBe(1_000);
    expect(toMinorUnits({ units: 5n, scale: 1 }, "JPY")).toBeNull();
    expect(toMinorUnits({ units: 10n ** 30n, scale: 0 }, "EUR")).toBeNull();
  });

  it("do not count what binary fractions leave behind", () => {
    expect(toMinorUnits({ units: 12_340_000_000_000_002n, scale: 15 }, "EUR")).toBe(1_234);
  });

  it("round half away from zero", () => {
    expect(roundToMinorUnits({ units: 1_005n, scale: 3 }, "EUR")).toBe(101);
    expect(roundToMinorUnits({ units: -1_005n, scale: 3 }, "EUR")).toBe(-101);
    expect(roundToMinorUnits({ units: 10n ** 30n, scale: 0 }, "EUR")).toBeNull();
  });
});
