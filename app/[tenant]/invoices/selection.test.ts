import { expect, test } from "vitest";
import { NOTHING_SELECTED, selectRange, toggleRow } from "./selection";

const rowAt = (index: number) => (index < 6 ? index + 2 : undefined);

test("a second click takes an invoice out again", () => {
  const one = toggleRow(NOTHING_SELECTED, 4, 2);
  expect([...one.rows]).toEqual([4]);
  expect([...toggleRow(one, 4, 2).rows]).toEqual([]);
});

test("a range goes from the one chosen last, in either direction, over what has been loaded", () => {
  const from = toggleRow(NOTHING_SELECTED, 5, 3);
  expect([...selectRange(from, 1, rowAt).rows].sort()).toEqual([3, 4, 5]);
  expect([...selectRange(from, 9, rowAt).rows].sort()).toEqual([5, 6, 7]);
  expect([...selectRange(NOTHING_SELECTED, 2, rowAt).rows]).toEqual([4]);
});
