import { expect, test } from "vitest";
import { daysOf, usageRange, usageRangeSchema } from "./usage-range";

const now = new Date("2026-03-02T15:00:00Z");

test("a range has whole days of UTC, its last one included, and without any it is the last thirty", () => {
  const march = usageRange({ from: "2026-02-27", to: "2026-03-01" }, now);
  expect(march.to.toISOString()).toBe("2026-03-02T00:00:00.000Z");
  expect(daysOf(march)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  const usual = usageRange({}, now);
  expect([usual.firstDay, usual.lastDay, daysOf(usual).length]).toEqual(["2026-02-01", "2026-03-02", 30]);
});

test("a range that is none is refused with the name of its field", () => {
  const fieldOf = (range: object) => usageRangeSchema.safeParse(range).error?.issues[0]?.path[0];
  expect(fieldOf({ from: "2026-02-30" })).toBe("from");
  expect(fieldOf({ to: "tomorrow" })).toBe("to");
  expect(fieldOf({ from: "2026-03-02", to: "2026-03-01" })).toBe("from");
  expect(fieldOf({ from: "2020-01-01", to: "2026-03-01" })).toBe("from");
  expect(fieldOf({ from: "2026-03-01", to: "2026-03-01" })).toBeUndefined();
});
