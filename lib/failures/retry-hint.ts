/** How long a provider asks us to wait, from headers, body and text. */
import { isObject } from "./answer";
import { durationPattern, parseDuration, parseSeconds, wholeMs } from "./duration";
import type { ErrorReport } from "./error-report";

export type Headers = ReadonlyMap<string, string>;

/** Header names lower case, values as text; repeated headers keep the first. */
export function normaliseHeaders(...sources: unknown[]): Headers {
  const headers = new Map<string, string>();
  for (const source of sources) {
    for (const [name, value] of isObject(source) ? Object.entries(source) : []) {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      const key = name.toLowerCase();
      if ((typeof first === "string" || typeof first === "number") && !headers.has(key))
        headers.set(key, String(first));
    }
  }
  return headers;
}

/** The clock of absolute times: the response's own `date` where it has one, because ours may differ from the server's. */
export function referenceTime(headers: Headers, nowMs: number): number {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? nowMs : date;
}

/**
 * Milliseconds to wait, or null when nothing says so. The exact `retry-after-ms` replaces the rounded `retry-after`; a
 * wait in the body counts when it is longer; text counts when nothing else does, or when it asks for a second more than
 * the rounding explains; a limit's reset time counts last, as it is when the whole allowance is back.
 */
export function readRetryHint(
  headers: Headers,
  report: ErrorReport,
  nowMs: number,
  mayUseResets: boolean,
): number | null {
  const now = referenceTime(headers, nowMs);
  const structured = longest([readRetryAfter(headers, now), ...report.waits.map(parseSeconds)]);
  const text = longest(report.messages.map(waitInText));
  if (structured !== null) return text !== null && text >= structured + 1000 ? text : structured;
  if (text !== null) return text;
  return mayUseResets ? readLimitReset(headers, now) : null;
}

function readRetryAfter(headers: Headers, now: number): number | null {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const value = headers.get(name)?.trim() ?? "";
    if (/^\d+(\.\d+)?$/.test(value)) return wholeMs(Number(value));
  }
  const value = headers.get("retry-after");
  if (value === undefined) return null;
  // RFC 9110 section 10.2.3: seconds, or a date. A date that has passed means now.
  return parseSeconds(value) ?? untilDate(value, now);
}

function untilDate(value: string, now: number): number | null {
  const at = /[a-z]{3}|\d{4}-\d\d-\d\d/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, wholeMs(at - now));
}

const waitPhrase = new RegExp(
  `\\b(?:try again|again|retry|retrying|wait|reset|resets)(?:\\s+(?:your request|again|after|in|for|at least|about|another))*\\s+(${durationPattern})`,
  "i",
);

/** The wait an error message names: "Please try again in 2m30s", "retry after 86400 seconds", "wait 27 seconds". */
export function waitInText(message: string): number | null {
  const match = waitPhrase.exec(message);
  return match?.[1] === undefined ? null : parseDuration(match[1].replace(/[\s,]+(and\s+)?$/, ""));
}

/** Of the limits that are used up, the one that comes back last. */
function readLimitReset(headers: Headers, now: number): number | null {
  const waits: (number | null)[] = [];
  for (const [name, value] of headers) {
    if (!/rate-?limit.*reset/.test(name)) continue;
    const remaining = headers.get(name.replace("reset", "remaining"));
    if (remaining === undefined || Number(remaining) <= 0) waits.push(parseReset(value, now));
  }
  return longest(waits);
}

/** A reset as a duration, seconds from now, an epoch in seconds or milliseconds, or RFC 3339. */
function parseReset(value: string, now: number): number | null {
  const number = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
  if (number !== null && number >= 1e12) return Math.max(0, wholeMs(number - now));
  if (number !== null && number >= 1e9) return Math.max(0, wholeMs(number * 1000 - now));
  return parseSeconds(value) ?? untilDate(value, now);
}

function longest(waits: readonly (number | null)[]): number | null {
  const known = waits.filter((wait): wait is number => wait !== null && Number.isFinite(wait));
  return known.length === 0 ? null : Math.max(...known);
}
