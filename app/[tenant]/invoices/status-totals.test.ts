import { expect, test } from "vitest";
import { shortAmount, stripTotals } from "./status-totals";

test("totals come in the order of the strip, and currencies are never added", () => {
  const totals = stripTotals([
    { status: "unpaid", currency: "EUR", count: 2, amountMinor: 20_000, reconciled: 0 },
    { status: "matched", currency: "USD", count: 1, amountMinor: 5_000, reconciled: 1 },
    { status: "matched", currency: "EUR", count: 3, amountMinor: 90_000, reconciled: 2 },
    { status: "overpayment", currency: "EUR", count: 0, amountMinor: 0, reconciled: 0 },
  ]);
  expect(totals.map(({ status, count, reconciled }) => [status, count, reconciled])).toEqual([
    ["matched", 4, 3],
    ["unpaid", 2, 0],
  ]);
  expect(shortAmount(totals[0]?.amounts ?? [])).toBe("900.00 EUR +1");
  expect(shortAmount([])).toBe("");
});
