import { asc, eq } from "drizzle-orm";
import { memberships, tenants } from "@/db/schema";
import { withUser } from "@/db/with-tenant";
import type { RequestIdentity } from "./identity";
import type { SessionUser } from "./verify-token";

// A removed member is refused within this time on every node; the promise is a minute.
const FRESH_MS = 30_000;
const USERS_MAX = 10_000;

interface Entry {
  readAtMs: number;
  identities: Promise<RequestIdentity[]>;
}

const KEY = Symbol.for("flightdeck.memberships");
type Holder = { [KEY]?: Map<string, Entry> };

// On globalThis, because bundlers may load this module several times in one process: what one copy changed all must forget.
const holder = globalThis as Holder;
holder[KEY] ??= new Map();
const cache = holder[KEY];

/** Every tenant that the user is a member of, by name: what may be chosen from, and the only way to an identity. */
export async function membershipsOf(user: SessionUser): Promise<RequestIdentity[]> {
  const nowMs = Date.now();
  const known = cache.get(user.userId);
  if (known && nowMs - known.readAtMs < FRESH_MS) return known.identities;
  const identities = readMemberships(user);
  cache.delete(user.userId);
  cache.set(user.userId, { readAtMs: nowMs, identities });
  if (cache.size > USERS_MAX) cache.delete(cache.keys().next().value ?? "");
  identities.catch(() => cache.delete(user.userId));
  return identities;
}

/** The user's identity in the tenant of that slug, or null: a tenant that does not exist and one they are not in look the same. */
export async function findMembership(user: SessionUser, slug: string): Promise<RequestIdentity | null> {
  return (await membershipsOf(user)).find(({ tenantSlug }) => tenantSlug === slug) ?? null;
}

/** Who a run acts for after the process that began it died: the member as they are now, or null when they are none any more. */
export async function findMember(userId: string, tenantId: string): Promise<RequestIdentity | null> {
  return (await readMemberships({ userId, email: "" })).find((identity) => identity.tenantId === tenantId) ?? null;
}

/** Makes the next request read the user's memberships again; call it after changing them. Other nodes learn in 30 s. */
export function forgetMemberships(userId: string): void {
  cache.delete(userId);
}

async function readMemberships(user: SessionUser): Promise<RequestIdentity[]> {
  const rows = await withUser(user.userId, (tx) =>
    tx
      .select({ tenantId: tenants.id, tenantSlug: tenants.slug, tenantName: tenants.name, role: memberships.role })
      .from(memberships)
      .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
      .where(eq(memberships.userId, user.userId))
      .orderBy(asc(tenants.name), asc(tenants.slug)),
  );
  return rows.map((row) => ({ ...row, userId: user.userId, email: user.email }));
}
