import { expect, test } from "vitest";
import { describeReview } from "./describe-review";

test("a decision about a set says what was marked, sent and closed", () => {
  expect(describeReview({ action: "approve", invoices: "proposed", letters: "ready", close: true })).toBe(
    "mark all proposed invoices, send all letters that were ready, close the set.",
  );
  expect(describeReview({ action: "approve", invoices: [2, 3], letters: ["eml_1"] })).toBe(
    "mark 2 invoices, send one letter.",
  );
  expect(describeReview({ action: "approve" })).toBe("mark and send nothing.");
  expect(describeReview({ action: "cancel", reason: "wrong month" })).toBe(
    "the reconciliation was cancelled, “wrong month”.",
  );
  expect(describeReview({ action: "resolve", lines: [] })).toBeNull();
});
