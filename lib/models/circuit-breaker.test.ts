import { expect, test } from "vitest";
import { CircuitBreakers } from "./circuit-breaker";

function withClock() {
  const clock = { now: 1_000_000 };
  const breakers = new CircuitBreakers({ failuresMax: 3, windowMs: 1_000, openMs: 5_000 }, () => clock.now);
  return { clock, breakers, fail: (times: number) => Array.from({ length: times }, () => breakers.failed("m")) };
}

test("a circuit opens at the number of failures within the window, and not by failures spread over a longer time", () => {
  const { clock, breakers, fail } = withClock();
  for (let i = 0; i < 10; i++) {
    fail(1);
    clock.now += 600;
  }
  expect(breakers.state("m")).toBe("closed");
  fail(2);
  expect(breakers.state("m")).toBe("open");
  expect(breakers.waitMs("m")).toBe(5_000);
  expect(breakers.waitMs("another model")).toBe(0);
});

test("after the pause one request tries it while the others wait, and its success closes the circuit", () => {
  const { clock, breakers, fail } = withClock();
  fail(3);
  clock.now += 5_000;
  expect(breakers.state("m")).toBe("half_open");
  expect(breakers.waitMs("m")).toBe(0);
  breakers.started("m");
  expect(breakers.waitMs("m")).toBeGreaterThan(0);
  breakers.succeeded("m");
  expect(breakers.list()).toEqual([]);
  expect(breakers.waitMs("m")).toBe(0);
});

test("a probe that fails opens it again at once; one that was stopped lets the next one try", () => {
  const { clock, breakers, fail } = withClock();
  fail(3);
  clock.now += 5_000;
  breakers.started("m");
  fail(1);
  expect(breakers.waitMs("m")).toBe(5_000);
  clock.now += 5_000;
  breakers.started("m");
  breakers.abandoned("m");
  expect(breakers.waitMs("m")).toBe(0);
  expect(breakers.list()).toEqual([{ key: "m", state: "half_open", retryInMs: 0 }]);
});
