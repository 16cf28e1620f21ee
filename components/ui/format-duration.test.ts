import { expect, test } from "vitest";
import { formatDuration } from "./format-duration";

const after = (ms: number) =>
  formatDuration("2026-11-20T10:00:00.000Z", new Date(Date.UTC(2026, 10, 20, 10) + ms).toISOString());

test("durations are said in the unit that fits, and clocks that differ make none negative", () => {
  expect([180, 14_000, 89_000, 180_000, 7_200_000].map(after)).toEqual(["0.2 s", "14 s", "89 s", "3 min", "2 h"]);
  expect(after(-500)).toBe("0.0 s");
  expect(formatDuration("2026-11-20T10:00:00.000Z", null)).toBe("");
});
