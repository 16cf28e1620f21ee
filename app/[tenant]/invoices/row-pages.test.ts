import { expect, test } from "vitest";
import { PAGE_ROWS, pagesBetween, type RowPages, rowAt, withPage } from "./row-pages";

const empty: RowPages<number> = { total: 5_000, pages: new Map() };
const page = (at: number) => Array.from({ length: PAGE_ROWS }, (_, i) => at * PAGE_ROWS + i);

test("only the pages in view are asked for", () => {
  expect(pagesBetween(0, 40)).toEqual([0]);
  expect(pagesBetween(95, 130)).toEqual([0, 1]);
  expect(pagesBetween(4_980, 4_999)).toEqual([49]);
});

test("a row is found in its page, and not before that page came", () => {
  const list = withPage(empty, 49, { total: 5_000, rows: page(49) });
  expect(rowAt(list, 4_999)).toBe(4_999);
  expect(rowAt(list, 0)).toBeUndefined();
});

test("a list that became shorter loses what lay beyond its end", () => {
  const long = withPage(withPage(empty, 0, { total: 5_000, rows: page(0) }), 30, { total: 5_000, rows: page(30) });
  const short = withPage(long, 0, { total: 12, rows: page(0).slice(0, 12) });
  expect(short.total).toBe(12);
  expect(rowAt(short, 3_000)).toBeUndefined();
  expect(rowAt(short, 11)).toBe(11);
});
