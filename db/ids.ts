import { randomBytes } from "node:crypto";

/** The prefixes of our ids, by what they name. A prefix in a log line or a bug report says what kind of thing it is. */
export type IdPrefix =
  | "ten"
  | "mem"
  | "thr"
  | "run"
  | "msg"
  | "doc"
  | "chk"
  | "apr"
  | "eff"
  | "aud"
  | "usg"
  | "rsv"
  | "ans"
  | "fbk"
  | "led"
  | "bat"
  | "rec"
  | "edt"
  | "eml";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

// One call of the system for many ids.
const RANDOM_IDS = 64;
let pool = Buffer.alloc(0);

function takeRandom(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(RANDOM_IDS * RANDOM_CHARS);
  const taken = pool.subarray(0, count);
  pool = pool.subarray(count);
  return taken;
}

/**
 * A new id: prefix, underscore, 26 characters of Crockford base 32 (48-bit milliseconds, then 80 random bits: the ULID layout).
 * Ids of one prefix sort by creation time to the millisecond and cannot be guessed.
 */
export function newId(prefix: IdPrefix, nowMs: number = Date.now()): string {
  let time = "";
  for (let rest = nowMs, i = 0; i < TIME_CHARS; i++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let random = "";
  for (const byte of takeRandom(RANDOM_CHARS)) random += ALPHABET[byte & 31];
  return `${prefix}_${time}${random}`;
}

/** True when `value` has the exact form of an id of this prefix; a cheap check before a database look-up. */
export function isId(prefix: IdPrefix, value: unknown): value is string {
  return typeof value === "string" && new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`).test(value);
}
