import { expect, test } from "vitest";
import { isId, newId } from "./ids";

test("ids are of their form, all different, and sort by when they were made", () => {
  const ids = Array.from({ length: 10_000 }, (_, i) => newId("run", 1_700_000_000_000 + i));
  expect(ids.every((id) => isId("run", id))).toBe(true);
  expect(new Set(ids.map((id) => id.slice(-16))).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(isId("run", newId("thr"))).toBe(false);
});
