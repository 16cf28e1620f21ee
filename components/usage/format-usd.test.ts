import { expect, test } from "vitest";
import { formatUsd } from "./format-usd";

test("cents are cents, and less than one is not nothing", () => {
  expect([0, 12.5, 1_234.567, 0.01, 0.00045, 0.0000021].map(formatUsd)).toEqual([
    "$0.00",
    "$12.50",
    "$1,234.57",
    "$0.01",
    "$0.00045",
    "$0.0000021",
  ]);
});
