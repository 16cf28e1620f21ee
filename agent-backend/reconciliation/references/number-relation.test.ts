import { describe, expect, it } from "vitest";
import { toIdentifier } from "./identifier";
import { relateNumbers } from "./number-relation";
import { relateRepeated } from "./repeated-number";

describe("relateNumbers", () => {
  it.each([
    ["PO-10234", "same"],
    ["po 10234", "same"],
    ["10234", "same"],
    ["P0-1O234", "same"],
    ["PO-010234", "same"],
    ["PO-10243", "slip"],
    ["PO-10432", "slip"],
    ["PO-10239", "slip"],
    ["PO-1023", "slip"],
    ["PO-102344", "slip"],
    ["1034", "slip"],
    ["PX-10234", "slip"],
    ["PO-10234/1", "slip"],
    ["PO-10999", "unrelated"],
    ["PO-96156", "unrelated"],
    ["", "unrelated"],
  ])("takes %j for the order PO-10234 as %s", (written, relation) => {
    expect(relateNumbers(toIdentifier(written), toIdentifier("PO-10234"))).toBe(relation);
  });
});

describe("relateRepeated", () => {
  it.each([
    ["INV-1001", "equal"],
    ["inv 1001", "equal"],
    ["INV-1001-A", "suffixed"],
    ["INV-1001/2", "suffixed"],
    ["INV-1001 (copy)", "suffixed"],
    ["INV-1010", "transposed"],
    ["INV-0110", null],
    ["INV-1002", null],
    ["INV-1011", null],
  ])("takes %j after INV-1001 as %s", (number, how) => {
    expect(relateRepeated(toIdentifier("INV-1001"), toIdentifier(number))).toBe(how);
  });
});
