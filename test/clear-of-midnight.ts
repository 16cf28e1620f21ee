import { setTimeout as sleep } from "node:timers/promises";

const DAY_MS = 86_400_000;

/**
 * Budgets are counted by the day, in UTC: what is spent at 23:59:59 is forgotten a second later. A test that spends and then looks waits
 * here until the new day has begun when the old one ends within `needsMs`.
 */
export async function clearOfMidnight(needsMs = 10_000): Promise<void> {
  const leftMs = DAY_MS - (Date.now() % DAY_MS);
  if (leftMs <= needsMs) await sleep(leftMs + 100);
}
