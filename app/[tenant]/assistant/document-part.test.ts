import { describe, expect, it } from "vitest";
import { PART_CHARS, partOf } from "./document-part";

const line = `${"x".repeat(99)}\n`;
const long = line.repeat((PART_CHARS / 100) * 2 + 50);

describe("partOf", () => {
  it("shows a usual document whole", () => {
    expect(partOf("short", null)).toEqual({ number: 1, count: 1, from: 0, to: 5 });
    expect(partOf("", null)).toEqual({ number: 1, count: 1, from: 0, to: 0 });
  });

  it("cuts a long one at line ends, without gap or overlap", () => {
    const parts = [1, 2, 3].map((number) => partOf(long, null, number));
    expect(parts.map(({ count }) => count)).toEqual([3, 3, 3]);
    expect(parts.map(({ from, to }) => long.slice(from, to)).join("")).toBe(long);
    for (const { from } of parts.slice(1)) expect(long[from - 1]).toBe("\n");
  });

  it("chooses the part in which the passage begins", () => {
    for (let from = PART_CHARS - 300; from < PART_CHARS + 300; from += 50) {
      const part = partOf(long, { from, to: from + 10 });
      expect(from).toBeGreaterThanOrEqual(part.from);
      expect(from).toBeLessThan(part.to);
    }
  });

  it("keeps a number from the address within the document", () => {
    expect(partOf(long, null, 99).number).toBe(3);
    expect(partOf(long, null, 0).number).toBe(1);
  });
});
