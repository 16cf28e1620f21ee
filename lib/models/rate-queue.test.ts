import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RateQueues } from "./rate-queue";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

async function stand(queues: RateQueues, ticket: number, signal = new AbortController().signal) {
  const positions: number[] = [];
  for await (const { position } of queues.enter("m", ticket, signal)) positions.push(position);
  return { positions, at: Date.now() };
}

test("a model that nothing is known against is asked at once", async () => {
  expect((await stand(new RateQueues(), 1)).positions).toEqual([]);
});

test("those who wait go in the order of their tickets, one after another, never before the time", async () => {
  const queues = new RateQueues();
  const [first, second, third] = [queues.takeTicket(), queues.takeTicket(), queues.takeTicket()];
  const until = Date.now() + 200;
  queues.block("m", until);
  // The oldest ticket comes last: it was refused again and keeps its place.
  const everybody = Promise.all([stand(queues, third), stand(queues, second), stand(queues, first)]);
  await vi.runAllTimersAsync();
  const [c, b, a] = await everybody;
  expect(a.at).toBeGreaterThanOrEqual(until);
  expect(b.at - a.at).toBeGreaterThanOrEqual(100);
  expect(c.at - b.at).toBeGreaterThanOrEqual(100);
  expect(Math.max(...c.positions)).toBe(3);
  expect(c.positions.slice(-2)).toEqual([2, 1]);
});

test("another refusal holds everybody back, and whoever gives up leaves no gap", async () => {
  const queues = new RateQueues();
  const [first, second] = [queues.takeTicket(), queues.takeTicket()];
  queues.block("m", Date.now() + 100);
  const stop = new AbortController();
  const leaving = stand(queues, first, stop.signal);
  const staying = stand(queues, second);
  setTimeout(() => stop.abort(), 30);
  const until = Date.now() + 300;
  setTimeout(() => queues.block("m", until), 50);
  const left = expect(leaving).rejects.toThrow(/abort/);
  await vi.runAllTimersAsync();
  await left;
  const { positions, at } = await staying;
  expect(positions.at(-1)).toBe(1);
  expect(at).toBeGreaterThanOrEqual(until);
});

test("fifty who wait at once cost one request when the model refuses again", async () => {
  const queues = new RateQueues();
  queues.block("m", Date.now() + 50);
  let asked = 0;
  const stop = new AbortController();
  const crowd = Array.from({ length: 50 }, () => queues.takeTicket()).map(async (ticket) => {
    await stand(queues, ticket, stop.signal);
    asked++;
    queues.block("m", Date.now() + 60_000);
  });
  await vi.advanceTimersByTimeAsync(400);
  expect(asked).toBe(1);
  stop.abort();
  await Promise.allSettled(crowd);
});
