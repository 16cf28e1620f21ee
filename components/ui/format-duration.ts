/** How long a step took: `0.2 s`, `14 s`, `3 min`. Empty while it has not ended. */
export function formatDuration(startedAt: string | null, endedAt: string | null): string {
  if (!startedAt || !endedAt) return "";
  const seconds = Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
