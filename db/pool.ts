import pg from "pg";
import { PooledClient } from "./pooled-client";

/**
 * The process's connection pools. This floor imports nothing of ours, so it reads its own variables:
 * `FLIGHTDECK_DATABASE_URL` is the restricted login that `npm start` derives (see migrate.ts), `DATABASE_URL` an operator's own
 * restricted login, `DIRECT_DATABASE_URL` a session-level connection for LISTEN where queries go through a pooler.
 */
const KEY = Symbol.for("flightdeck.pool");
type Holder = { [KEY]?: pg.Pool };

// Longer than any statement of ours, and short enough that a connection that died without a word does not stay taken.
const QUERY_TIMEOUT_MS = 60_000;

/** A pool with our defaults. int8 stays a string in pg, so counts are cast in SQL (`::int`) where they are read. */
export function createPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    // A new connection knows no plan and no table: a burst that has to open a dozen of them waits while they learn.
    idleTimeoutMillis: 600_000,
    connectionTimeoutMillis: 10_000,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    // What does not need the answer before it is sent at once: see with-tenant.ts. Every round trip is a turn of a busy event loop.
    pipeline: true,
    Client: PooledClient,
    application_name: "flightdeck",
  });
  // An idle connection that the server closed (a restart, a failover) raises here; the pool replaces it on the next use.
  pool.on("error", () => {});
  return pool;
}

/** The URL that queries go to; an empty variable counts as not set. Throws when none is set: nothing below this line can work without a database. */
export function databaseUrl(): string {
  const url = process.env.FLIGHTDECK_DATABASE_URL || process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set. `npm start` sets it for the embedded Postgres.");
  return url;
}

/** The URL for LISTEN: a pooler in transaction mode drops notifications. */
export function directDatabaseUrl(): string {
  return process.env.FLIGHTDECK_DIRECT_DATABASE_URL || process.env.DIRECT_DATABASE_URL || databaseUrl();
}

/**
 * Whether a connection stays with one session of the server. An installation that names another URL for LISTEN says with it that its
 * queries go through a pooler, where every transaction may meet another session.
 */
export function sessionsLast(): boolean {
  // Asked for every statement, and reading the environment is a call to the system.
  last ??= !hasPooler();
  return last;
}

let last: boolean | undefined;

function hasPooler(): boolean {
  const direct = process.env.FLIGHTDECK_DIRECT_DATABASE_URL || process.env.DIRECT_DATABASE_URL;
  return Boolean(direct) && direct !== (process.env.FLIGHTDECK_DATABASE_URL || process.env.DATABASE_URL);
}

/** The process-wide pool. Bundlers may load this module several times in one process, so it hangs on globalThis. */
export function getPool(): pg.Pool {
  const holder = globalThis as Holder;
  holder[KEY] ??= createPool(databaseUrl(), Number(process.env.DATABASE_POOL_MAX || 10));
  return holder[KEY];
}
