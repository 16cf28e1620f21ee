/** What a tenant's admins have set: read for the pages, and for the engine through a short memory. contract/settings.ts has the meaning. */
import { eq } from "drizzle-orm";
import { readSettings, type TenantSettings } from "@/contract/settings";
import { type StoredSettings, tenants } from "@/db/schema";
import { type Doors, type TenantContext, type Tx, withRunner, withTenant } from "@/db/with-tenant";

/** As they are stored; every member may read them. */
export async function getStoredSettings(
  context: TenantContext,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<StoredSettings> {
  return doors.withTenant(context, (tx) => storedSettings(tx, context.tenantId));
}

/** Every setting, with its default where nothing was set. */
export async function getSettings(
  context: TenantContext,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<TenantSettings> {
  return readSettings(await getStoredSettings(context, doors));
}

export async function storedSettings(tx: Tx, tenantId: string): Promise<StoredSettings> {
  const [tenant] = await tx.select({ settings: tenants.settings }).from(tenants).where(eq(tenants.id, tenantId));
  return tenant?.settings ?? {};
}

// A change holds at once on the node that made it and within this time on the others.
const FRESH_MS = 2_000;
const TENANTS_MAX = 10_000;
const KEY = Symbol.for("flightdeck.settings");
type Entry = { readAtMs: number; settings: Promise<TenantSettings> };
type Holder = { [KEY]?: Map<string, Entry> };

// On globalThis, because bundlers may load this module several times in one process.
const remembered = (): Map<string, Entry> => {
  const holder = globalThis as Holder;
  holder[KEY] ??= new Map();
  return holder[KEY];
};

/** The settings of a tenant for what asks at every run. Reads the database at most once in two seconds, however many ask. */
export function settingsOf(
  tenantId: string,
  doors: Pick<Doors, "withRunner"> = { withRunner },
  nowMs: number = Date.now(),
): Promise<TenantSettings> {
  const memory = remembered();
  const known = memory.get(tenantId);
  if (known && nowMs - known.readAtMs < FRESH_MS) return known.settings;
  const settings = doors.withRunner(tenantId, (tx) => storedSettings(tx, tenantId)).then(readSettings);
  memory.delete(tenantId);
  memory.set(tenantId, { readAtMs: nowMs, settings });
  if (memory.size > TENANTS_MAX) memory.delete(memory.keys().next().value ?? "");
  settings.catch(() => memory.delete(tenantId));
  return settings;
}

/** Makes the next run read the settings again; call it after changing them. */
export function forgetSettings(tenantId: string): void {
  remembered().delete(tenantId);
}
