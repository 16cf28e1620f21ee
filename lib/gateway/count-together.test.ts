import { RateLimiterMemory } from "rate-limiter-flexible";
import { expect, test } from "vitest";
import { CountTogether } from "./count-together";

const limiter = () => new RateLimiterMemory({ points: 3, duration: 60 });

test("uses that come together are counted one by one, in their order, past the limit too", async () => {
  const counted = new CountTogether(limiter());
  const states = await Promise.all([1, 2, 3, 4, 5].map(() => counted.consume("ada")));
  expect(states.map(({ consumedPoints }) => consumedPoints)).toEqual([1, 2, 3, 4, 5]);
  expect(states.every(({ msBeforeNext }) => msBeforeNext > 0)).toBe(true);
  expect((await counted.consume("gus")).consumedPoints).toBe(1);
});

test("a storm asks the store twice: for the first, and for all who came meanwhile", async () => {
  const asked: number[] = [];
  const store = limiter();
  const counted = new CountTogether({
    consume: (key, uses = 1) => {
      asked.push(uses);
      return store.consume(key, uses);
    },
  });
  await Promise.all(Array.from({ length: 50 }, () => counted.consume("ada")));
  expect(asked).toEqual([1, 49]);
});

test("a store that cannot be asked fails those who asked it, and nobody after them", async () => {
  const store = limiter();
  let away = true;
  const counted = new CountTogether({
    consume: (key, uses) => (away ? Promise.reject(new Error("away")) : store.consume(key, uses)),
  });
  await expect(counted.consume("ada")).rejects.toThrow("away");
  away = false;
  expect((await counted.consume("ada")).consumedPoints).toBe(1);
});
