import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
} from "rate-limiter-flexible";
import { getPool } from "@/db/pool";
import { env } from "@/lib/env";
import { rateLimited } from "@/lib/failures/app-error";
import { log } from "@/lib/telemetry/log";
import { CountTogether } from "./count-together";

/** At most `points` uses of one key in `windowMs`, counted across every node. */
export interface RateLimit {
  name: string;
  points: number;
  windowMs: number;
}

const MINUTE_MS = 60_000;

/** Everything a user asks of the app. Page loads make several requests, so it is far above what a person does. */
export const requestLimit = (): RateLimit => ({
  name: "requests",
  points: env().FLIGHTDECK_REQUESTS_PER_MINUTE,
  windowMs: MINUTE_MS,
});

/** Agent runs: each may cost a model call. */
export const runLimit = (): RateLimit => ({
  name: "runs",
  points: env().FLIGHTDECK_RUNS_PER_MINUTE,
  windowMs: MINUTE_MS,
});

/** Counts one use; throws `rate_limited` with the wait when the limit is passed. */
export async function consumeRate(limit: RateLimit, key: string): Promise<void> {
  const { counted } = await limiterOf(limit);
  const { consumedPoints, msBeforeNext } = await counted.consume(rateKey(key));
  if (consumedPoints > limit.points) throw rateLimited(Math.max(msBeforeNext, 1));
}

/** How long until the key may be used again, 0 while it still may. Counts nothing. */
export async function rateWaitMs(limit: RateLimit, key: string): Promise<number> {
  const state = await (await limiterOf(limit)).limiter.get(rateKey(key));
  return state && state.consumedPoints >= limit.points ? Math.max(state.msBeforeNext, 1) : 0;
}

/** Counts one use without refusing. */
export async function countRate(limit: RateLimit, key: string): Promise<void> {
  await (await limiterOf(limit)).limiter.penalty(rateKey(key));
}

/** Forgets what was counted for the key. */
export async function resetRate(limit: RateLimit, key: string): Promise<void> {
  await (await limiterOf(limit)).limiter.delete(rateKey(key));
}

interface KnownLimiter {
  limiter: RateLimiterAbstract;
  counted: CountTogether;
}

const limiters = new Map<string, KnownLimiter>();

async function limiterOf(limit: RateLimit): Promise<KnownLimiter> {
  const limiter = knownLimiter(limit);
  // A command before the connection stands would fail, and the first requests after a start would be counted by this node alone.
  await redisTried;
  return limiter;
}

function knownLimiter(limit: RateLimit): KnownLimiter {
  const id = `${limit.name} ${limit.points} ${limit.windowMs}`;
  const known = limiters.get(id);
  if (known) return known;
  const limiter = createLimiter(limit);
  const made = { limiter, counted: new CountTogether(limiter) };
  limiters.set(id, made);
  return made;
}

function createLimiter({ name, points, windowMs }: RateLimit): RateLimiterAbstract {
  const duration = windowMs / 1000;
  // While the store is away each node counts for itself: a limit that is too generous for a minute beats an app that is down.
  const insuranceLimiter = new RateLimiterMemory({ points, duration, keyPrefix: name });
  const redis = redisClient();
  if (redis)
    return new RateLimiterRedis({
      points,
      duration,
      keyPrefix: `flightdeck:${name}`,
      storeClient: redis,
      insuranceLimiter,
    });
  return new RateLimiterPostgres({
    points,
    duration,
    keyPrefix: name,
    storeType: "pool",
    // The library names its statements; a pooler in transaction mode loses named ones.
    storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => getPool().query(text, values) },
    schemaName: "flightdeck",
    tableName: "rate_limits",
    tableCreated: true,
    insuranceLimiter,
  });
}

let redis: Redis | undefined;
/** Settled when the first attempt to reach Redis has ended, either way. */
let redisTried: Promise<void> | undefined;

function redisClient(): Redis | undefined {
  const url = env().REDIS_URL;
  if (!url) return undefined;
  if (!redis) {
    const client = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2_000 });
    redis = client;
    redisTried = new Promise((resolve) => {
      client.once("ready", resolve).once("close", resolve);
    });
    client.on("error", (error: Error) => log.warn({ event: "redis.unavailable", reason: error.message }));
  }
  return redis;
}

// Keys hold addresses and e-mail addresses, of any length: a digest fits the column and tells a reader of the table nothing.
const rateKey = (key: string) => createHash("sha256").update(key).digest("base64url");
