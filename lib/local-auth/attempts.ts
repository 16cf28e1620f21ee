import { createHash } from "node:crypto";
import { AppError } from "@/lib/failures/app-error";
import { consumeRate, countRate, type RateLimit, rateWaitMs, resetRate } from "@/lib/gateway/rate-limit";
import { log } from "@/lib/telemetry/log";
import { AuthError } from "./auth-error";

// Short, so that a person who mistypes waits a minute and not an hour.
const PAIR_LIMIT: RateLimit = { name: "sign-in", points: 10, windowMs: 60_000 };
// An address can be forged behind some proxies; this one holds whatever the address says.
const ACCOUNT_LIMIT: RateLimit = { name: "sign-in-account", points: 100, windowMs: 3_600_000 };
// One address trying one password on many accounts.
const ADDRESS_LIMIT: RateLimit = { name: "sign-in-address", points: 100, windowMs: 600_000 };
const SIGN_UP_LIMIT: RateLimit = { name: "sign-up", points: 60, windowMs: 600_000 };

/** Throws `over_request_rate_limit` while this account, address or pair of them has failed too often. */
export async function requireAttemptLeft(email: string, address: string): Promise<void> {
  const waits = await Promise.all([
    rateWaitMs(PAIR_LIMIT, `${email} ${address}`),
    rateWaitMs(ACCOUNT_LIMIT, email),
    rateWaitMs(ADDRESS_LIMIT, address),
  ]);
  const waitMs = Math.max(...waits);
  if (waitMs > 0) throw overLimit(waitMs);
}

export async function recordFailure(email: string, address: string, reason: "unknown" | "password" | "banned") {
  await Promise.all([
    countRate(PAIR_LIMIT, `${email} ${address}`),
    countRate(ACCOUNT_LIMIT, email),
    countRate(ADDRESS_LIMIT, address),
  ]);
  // People type passwords into the address field, so the log holds a digest: enough to see one account under attack.
  const account = createHash("sha256").update(email).digest("hex").slice(0, 16);
  log.warn({ event: "auth.sign_in_failed", account, address, reason });
}

export async function recordSuccess(email: string, address: string): Promise<void> {
  await resetRate(PAIR_LIMIT, `${email} ${address}`);
}

export async function requireSignUpLeft(address: string): Promise<void> {
  try {
    await consumeRate(SIGN_UP_LIMIT, address);
  } catch (error) {
    if (error instanceof AppError && error.retryAfterMs !== undefined) throw overLimit(error.retryAfterMs);
    throw error;
  }
}

function overLimit(retryAfterMs: number): AuthError {
  // The client shows its caller neither the header nor the body, only this.
  const message = `Request rate limit reached, retry after ${Math.ceil(retryAfterMs / 1000)} seconds`;
  return new AuthError(429, "over_request_rate_limit", message, { retryAfterMs });
}

const SCRYPT_CONCURRENT_MAX = 3;
const SCRYPT_WAITING_MAX = 200;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Lets few password checks run at a time. Node's thread pool has four threads, so a flood of sign-ins would hold up everything
 * else; and an attempt that waited sees the failures of those before it, so a burst cannot outrun its own limit.
 */
export async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= SCRYPT_CONCURRENT_MAX) {
    if (waiting.length >= SCRYPT_WAITING_MAX) throw overLimit(1_000);
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    // The place is handed over rather than given back, so that nobody new can step in between.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
