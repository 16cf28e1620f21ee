import { describe, expect, it } from "vitest";
import { NameIndex } from "./name-index";

const names = new NameIndex([
  "Müller Maschinenbau GmbH & Co. KG",
  "Nordwind Logistik GmbH",
  "Nordwind Energie GmbH",
  "Sterling International Manufacturing Ltd",
  "Smith Ltd",
  "Smith PLC",
  "Alpha Beta Components Inc.",
  "Baltic Logistics Limited",
  "Falcon Logistics Limited",
]);
const best = (name: string) => names.similarNames(name)[0]?.name;

describe("NameIndex", () => {
  it.each([
    ["MUELLER MASCHINENBAU", "Müller Maschinenbau GmbH & Co. KG"],
    ["MULLER MASCHINENBAU GMBH + CO", "Müller Maschinenbau GmbH & Co. KG"],
    ["Muller Maschinenb", "Müller Maschinenbau GmbH & Co. KG"],
    ["NORDWIND LOGISTIK G", "Nordwind Logistik GmbH"],
    ["Nord Wind Logistik", "Nordwind Logistik GmbH"],
    ["Nordwnd Log.", "Nordwind Logistik GmbH"],
    ["STERLING INTL MFG", "Sterling International Manufacturing Ltd"],
    ["Alpha Beta Comp. London", "Alpha Beta Components Inc."],
    ["Smith Public Ltd", "Smith Ltd"],
    ["FALCON LOGISTICS", "Falcon Logistics Limited"],
  ])("takes %s for %s", (written, supplier) => {
    expect(best(written)).toBe(supplier);
    expect(names.similarity(written, supplier)).toBeGreaterThanOrEqual(0.7);
  });

  it("tells suppliers apart that share common words or differ in legal form", () => {
    expect(names.similarity("Baltic Logistics Limited", "Falcon Logistics Limited")).toBeLessThan(0.5);
    expect(names.similarity("Smith Ltd", "Smith PLC")).toBeLessThan(0.9);
    expect(names.similarity("SMITH LIMITED", "Smith Ltd")).toBeGreaterThan(0.95);
    expect(names.similarNames("Payroll")).toEqual([]);
    expect(names.similarNames("")).toEqual([]);
  });

  it("is symmetric", () => {
    expect(names.similarity("Nordwind", "Nordwind Energie GmbH")).toBe(
      names.similarity("Nordwind Energie GmbH", "Nordwind"),
    );
  });
});
