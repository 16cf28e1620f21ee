import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { getPool } from "./pool";

/** A transaction bound to a role and its claims. There is no other handle to tenant data. */
export type Tx = NodePgDatabase & { $client: pg.PoolClient };

export type TenantRole = "admin" | "member";

/** Who acts, in which tenant: taken from a verified token and a membership row, never from the browser's word. */
export interface TenantContext {
  tenantId: string;
  userId: string;
  role: TenantRole;
}

type Bind = { role: string; tenant: string; user: string; tenantRole: string; planOnce?: boolean | undefined };

/**
 * To be called by `work` right after it sent its last statement, without waiting for that: the commit goes along and saves a round
 * trip. If a statement fails Postgres makes the commit a rollback. Only behind statements of `runPrepared`, which sends them at once:
 * drizzle may send its own a moment later, and what comes after the commit is outside of the transaction.
 */
export type CommitNow = () => void;

async function bound<T>(pool: pg.Pool, bind: Bind, work: (tx: Tx, commitNow: CommitNow) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let committing: Promise<pg.QueryResult> | undefined;
  const commitNow = () => {
    committing ??= client.query("commit");
    // Heard below, when `work` is done.
    committing.catch(() => {});
  };
  try {
    // `work` does not wait for the binding: the statements go in order, and after one that failed Postgres takes no other.
    const [opened, worked] = await Promise.allSettled([
      open(client, bind),
      // Without the schema, which only drizzle's relational queries need: it would be gone through anew for every transaction.
      (async () => work(drizzle(client), commitNow))(),
    ]);
    if (opened.status === "rejected") throw opened.reason;
    if (worked.status === "rejected") throw worked.reason;
    commitNow();
    await committing;
    return worked.value;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      // The connection is unusable: hand it back as broken, so that the pool closes it.
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One message to the database. `true` makes each setting end with the transaction, so a pooled connection carries nothing over. */
function open(client: pg.PoolClient, { role, tenant, user, tenantRole, planOnce }: Bind): Promise<unknown> {
  const settings = {
    role,
    "flightdeck.tenant": tenant,
    "flightdeck.user": user,
    "flightdeck.role": tenantRole,
    ...(planOnce ? { plan_cache_mode: "force_generic_plan" } : {}),
  };
  // The message would end at a NUL and not be read at all, and what follows it would run outside of any transaction.
  if (Object.values(settings).some((value) => value.includes("\0"))) throw new Error("a claim must not hold a NUL");
  const calls = Object.entries(settings).map(
    ([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`,
  );
  return client.query(`begin; select ${calls.join(", ")}`);
}

/** The doors to the database over one pool. Every door opens one transaction, binds role and claims, runs `work`, commits. */
export interface Doors {
  /** Tenant data as a signed-in member: row-level security shows this tenant's rows and what the role may see. */
  withTenant<T>(context: TenantContext, work: (tx: Tx, commitNow: CommitNow) => Promise<T>): Promise<T>;
  /** The run engine inside one tenant: appends events and messages for any of its users, reads no documents. */
  withRunner<T>(tenantId: string, work: (tx: Tx, commitNow: CommitNow) => Promise<T>): Promise<T>;
  /** A verified user before a tenant is chosen: sees the user's own memberships and their tenants, nothing else. */
  withUser<T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Background sweeps across tenants: sees leases and deletion dates, no content. */
  withSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The local auth stand-in: its users, sessions and keys, and no tenant data. */
  withAuth<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export interface DoorOptions {
  /**
   * Postgres plans a prepared statement once a connection, for any values, instead of anew for its first five runs: with the policies that
   * takes longer than running it. Only for doors whose statements all find their rows by key, whatever they are given.
   */
  planOnce?: boolean;
}

/** Doors over a given pool; tests and several nodes in one process make their own. */
export function createDoors(pool: () => pg.Pool, { planOnce }: DoorOptions = {}): Doors {
  return {
    withTenant: (context, work) => {
      // An empty claim would match nothing, but a caller that forgot who is asking has a bug worth hearing of.
      if (!context.tenantId || !context.userId) throw new Error("withTenant needs a tenant and a user");
      const bind = { tenant: context.tenantId, user: context.userId, tenantRole: context.role };
      return bound(pool(), { role: "flightdeck_app", planOnce, ...bind }, work);
    },
    withRunner: (tenantId, work) => {
      if (!tenantId) throw new Error("withRunner needs a tenant");
      return bound(pool(), { role: "flightdeck_runner", tenant: tenantId, user: "", tenantRole: "", planOnce }, work);
    },
    withUser: (userId, work) => {
      if (!userId) throw new Error("withUser needs a user");
      return bound(pool(), { role: "flightdeck_app", tenant: "", user: userId, tenantRole: "" }, work);
    },
    withSystem: (work) => bound(pool(), { role: "flightdeck_system", tenant: "", user: "", tenantRole: "" }, work),
    withAuth: (work) => bound(pool(), { role: "flightdeck_auth", tenant: "", user: "", tenantRole: "" }, work),
  };
}

export const { withTenant, withRunner, withUser, withSystem, withAuth } = createDoors(getPool);
