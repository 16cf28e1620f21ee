/** Days and months of a budget, in UTC so that every node and every report means the same. */

export type Period = "day" | "month";

/** `2026-11-20` or `2026-11`. */
export function bucketOf(period: Period, now: Date): string {
  return now.toISOString().slice(0, period === "day" ? 10 : 7);
}

/** Milliseconds until the next day or month begins. */
export function untilNext(period: Period, now: Date): number {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return (period === "day" ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1)) - now.getTime();
}
