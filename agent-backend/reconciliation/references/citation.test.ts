import { describe, expect, it } from "vitest";
import { cite, prepareReference } from "./citation";
import { toIdentifier } from "./identifier";

const kindOf = (text: string, number: string) => {
  const reference = prepareReference(text);
  return cite(reference, reference, toIdentifier(number)).kind;
};

describe("cite", () => {
  it.each([
    ["INV-2025-00123", "full"],
    ["Payment of inv 2025 00123, thank you", "full"],
    ["RE:INV2025.00123/PO-9", "full"],
    ["INV-2O25-OO123", "full"],
    ["lNV-2025-00I23", "full"],
    ["2025-00123", "digits"],
    ["INV 2025-123", "digits"],
    ["202500123", "digits"],
    ["Invoice 123", "tail"],
    ["INV-2025-00132", "mistyped"],
    ["INV-2025-0123", "digits"],
    ["INV-2025-00124", "mistyped"],
    ["INV-2025-001", "cut"],
    ["Thank you", "none"],
    ["", "none"],
    ["INV-2024-77777", "none"],
    ["Payroll 2025-03", "none"],
  ])("reads %j as %s", (text, kind) => {
    expect(kindOf(text, "INV-2025-00123")).toBe(kind);
  });

  it("gives more points for more digits", () => {
    const points = (number: string) => {
      const reference = prepareReference(number);
      return cite(reference, reference, toIdentifier(number)).points;
    };
    expect(points("R-17")).toBeLessThan(points("R-1701"));
    expect(points("R-1701")).toBeLessThan(points("R-170123"));
  });

  it("does not run the parts of a text together into a number", () => {
    expect(kindOf("INV-2746 2/2", "27462")).not.toBe("digits");
  });
});
