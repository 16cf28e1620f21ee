import type { BatchProgress } from "@/contract/invoices";

/** How far a step is, and how long it will still take: `2,310 of 5,000 transactions, about 4 s left`. */
export function describeProgress({ current, total, unit, remainingMs }: BatchProgress): string {
  const count = `${current.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}`;
  return remainingMs === null || current >= total ? count : `${count}, ${describeRemaining(remainingMs)} left`;
}

function describeRemaining(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  return seconds < 90 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`;
}
