/** Durations as providers write them: "1.5s", "6m0s", "2m30.25s", "350ms", "20 minutes". */

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const unit = "milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d";
/** One or more amounts with units. */
export const durationPattern = `(?:\\d+(?:\\.\\d+)?\\s*(?:${unit})(?![a-z])[\\s,]*(?:and\\s+)?)+`;

function canonicalUnit(name: string): string {
  const lower = name.toLowerCase();
  return lower.startsWith("ms") || lower.startsWith("milli") ? "ms" : lower.charAt(0);
}

/** Whole milliseconds, never earlier than asked; the inner rounding removes binary noise such as 1100.0000000000002. */
export function wholeMs(ms: number): number {
  return Math.ceil(Math.round(ms * 1e6) / 1e6);
}

/** Milliseconds of a duration with units, or null when the text is anything else. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (!new RegExp(`^${durationPattern}$`, "i").test(trimmed)) return null;
  let ms = 0;
  for (const [, amount, name] of trimmed.matchAll(new RegExp(`(\\d+(?:\\.\\d+)?)\\s*(${unit})`, "gi"))) {
    ms += Number(amount) * (unitMs[canonicalUnit(name ?? "")] ?? 0);
  }
  return Number.isFinite(ms) ? wholeMs(ms) : null;
}

/** Milliseconds from a number of seconds ("20", "1.5") or a duration with units. */
export function parseSeconds(text: string): number | null {
  const trimmed = text.trim();
  return /^\d+(\.\d+)?$/.test(trimmed) ? wholeMs(Number(trimmed) * 1000) : parseDuration(trimmed);
}
