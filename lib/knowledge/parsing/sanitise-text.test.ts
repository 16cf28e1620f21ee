import fc from "fast-check";
import { expect, it } from "vitest";
import { sanitiseLine, sanitiseText } from "./sanitise-text";

it("makes any string storable, and a second time changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const clean = sanitiseText(text);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(/[\0\r\u202e\ufeff]/);
      expect(sanitiseText(clean)).toBe(clean);
    }),
  );
});

it("cuts a line without leaving half a character", () => {
  expect(sanitiseLine("  a\n\tb  ", 10)).toBe("a b");
  expect(sanitiseLine("ab😀", 3).isWellFormed()).toBe(true);
});
