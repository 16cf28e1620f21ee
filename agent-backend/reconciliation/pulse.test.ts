import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Progress, Pulse } from "./pulse";

let clock: { now: number };

beforeEach(() => {
  clock = { now: 1_000 };
  vi.spyOn(performance, "now").mockImplementation(() => clock.now);
});
afterEach(() => vi.restoreAllMocks());

test("how long a count will take goes by its own pace, not by what was prepared before it, nor by the count before", async () => {
  const seen: Progress[] = [];
  const pulse = new Pulse((progress) => seen.push(progress));
  const beatAt = async (now: number, done: number, total: number) => {
    clock.now = now;
    await pulse.beat(done, total);
    return seen.at(-1)?.remainingMs;
  };
  pulse.begin("match_invoices", 1_000);
  expect(seen.at(-1)?.remainingMs).toBeNull();
  // Seven seconds of preparation are no pace.
  expect(await beatAt(8_000, 1, 1_000)).toBeNull();
  expect(await beatAt(8_100, 11, 1_000)).toBeNull();
  expect(await beatAt(9_000, 101, 1_000)).toBe(8_990);
  expect(await beatAt(17_000, 1_000, 1_000)).toBe(0);
  // The next count of the stage has another total, or begins anew.
  expect(await beatAt(30_000, 1, 200)).toBeNull();
  expect(await beatAt(31_000, 101, 200)).toBe(990);
  expect(await beatAt(32_000, 2, 200)).toBeNull();
});
