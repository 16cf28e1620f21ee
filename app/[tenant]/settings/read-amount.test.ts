import { expect, test } from "vitest";
import { readAmount, writeAmount } from "./read-amount";

test("amounts are read as people write them, and what is none is not taken for nothing", () => {
  expect(["", " ", "12", "$ 1,250.50", "0,5", ".5", "-3"].map((text) => readAmount(text))).toEqual([
    null,
    null,
    12,
    1250.5,
    0.5,
    0.5,
    -3,
  ]);
  for (const text of ["ten", "1.2.3", "1e9", "--1", "Infinity"]) expect(readAmount(text)).toBeNaN();
});

test("percent and megabytes come back as they were written", () => {
  for (const percent of ["30", "57", "70", "90"]) {
    const stored = readAmount(percent, 0.01);
    expect(stored).toBe(Number(percent) / 100);
    expect(writeAmount(stored, 0.01)).toBe(percent);
  }
  expect(writeAmount(readAmount("250", 1024 ** 2), 1024 ** 2)).toBe("250");
  expect(writeAmount(null)).toBe("");
});
