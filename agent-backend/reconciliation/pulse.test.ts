import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Progress, Pulse } from "./pulse";

let clock: { now: number };

beforeEach(() => {
  clock = { now: 1_000 };
  vi.spyOn(performance, "now").mockImplementation(() => clock.now);
});
afterEach(() => vi.restoreAllMocks());

function watched() {
  const seen: Progress[] = [];
  const pulse = new Pulse((progress) => seen.push(progress));
  const beatAt = async (now: number, done: number, total: number) => {
    clock.now = now;
    await pulse.beat(done, total);
    return seen.at(-1);
  };
  return { pulse, seen, beatAt };
}

test("how long a stage will take goes by its own pace, not by what was prepared before it, nor by the stage before", async () => {
  const { pulse, seen, beatAt } = watched();
  const leftAt = async (now: number, done: number, total: number) => (await beatAt(now, done, total))?.remainingMs;
  pulse.begin("match_invoices", 1_000);
  expect(seen.at(-1)?.remainingMs).toBeNull();
  // Seven seconds of preparation are no pace.
  expect(await leftAt(8_000, 1, 1_000)).toBeNull();
  expect(await leftAt(8_100, 11, 1_000)).toBeNull();
  expect(await leftAt(9_000, 101, 1_000)).toBe(8_990);
  expect(await leftAt(17_000, 1_000, 1_000)).toBe(0);
  pulse.begin("detect_anomalies", 200);
  expect(await leftAt(30_000, 1, 200)).toBeNull();
  expect(await leftAt(31_000, 101, 200)).toBe(990);
});

test("a stage that counts several times moves on once, to its end", async () => {
  const { pulse, beatAt } = watched();
  const doneAt = async (now: number, done: number, total: number) => (await beatAt(now, done, total))?.done;
  pulse.begin("match_invoices", 1_000);
  pulse.pass(0.6);
  expect(await doneAt(2_000, 25, 50)).toBe(300);
  expect(await doneAt(3_000, 50, 50)).toBe(600);
  // Of nothing to count, all is counted.
  pulse.pass(0.7);
  expect(await doneAt(4_000, 0, 0)).toBe(700);
  pulse.pass(1);
  expect(await beatAt(5_000, 1, 2)).toMatchObject({ done: 850, total: 1_000, remainingMs: (150 * 3_000) / 550 });
  expect(await beatAt(6_000, 2, 2)).toMatchObject({ done: 1_000, total: 1_000, remainingMs: 0 });
});
