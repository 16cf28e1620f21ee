import { expect, test } from "vitest";
import type { BatchProgress } from "@/contract/invoices";
import { describeProgress } from "./describe-progress";
import { formatConfidence } from "./format-confidence";

const at = (current: number, remainingMs: number | null): BatchProgress => ({
  step: "match_invoices",
  current,
  total: 5_000,
  unit: "transactions",
  remainingMs,
});

test("progress says how far, and how much longer once there is a pace", () => {
  expect(describeProgress(at(0, null))).toBe("0 of 5,000 transactions");
  expect(describeProgress(at(2_310, 3_200))).toBe("2,310 of 5,000 transactions, about 4 s left");
  expect(describeProgress(at(10, 600_000))).toBe("10 of 5,000 transactions, about 10 min left");
  expect(describeProgress(at(5_000, 0))).toBe("5,000 of 5,000 transactions");
});

test("only what is certain is a hundred percent sure", () => {
  expect([1, 0.998, 0.734, 0].map(formatConfidence)).toEqual(["100 %", "99 %", "73 %", "0 %"]);
});
