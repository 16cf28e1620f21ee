import { eq } from "drizzle-orm";
import { readSettings, type SettingsChange, type TenantSettings } from "@/contract/settings";
import { newId } from "@/db/ids";
import { auditLog, tenants } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";
import { forbidden, notFound } from "@/lib/failures/app-error";
import { forgetSettings } from "./get-settings";

type Name = keyof TenantSettings;

/**
 * Changes the settings that are named and no other, so that two admins who change different ones both keep theirs, and writes who
 * changed what. Returns what the changed ones were before: the change that takes this one back. Throws AppError forbidden for anybody
 * but an admin.
 */
export async function changeSettings(
  context: TenantContext,
  change: SettingsChange,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<SettingsChange> {
  if (context.role !== "admin") throw forbidden();
  const { tenantId, userId } = context;
  const before = await doors.withTenant(context, async (tx) => {
    const [tenant] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for("update");
    if (!tenant) throw notFound();
    const current = readSettings(tenant.settings);
    const changed = (Object.keys(change) as Name[]).filter((name) => !isSame(change[name], current[name]));
    if (changed.length === 0) return {};
    const after = Object.fromEntries(changed.map((name) => [name, change[name]]));
    await tx
      .update(tenants)
      .set({ settings: { ...tenant.settings, ...after } })
      .where(eq(tenants.id, tenantId));
    await tx.insert(auditLog).values(
      changed.map((name) => ({
        id: newId("aud"),
        tenantId,
        userId,
        action: "settings.change",
        target: name,
        detail: { before: current[name], after: change[name] },
      })),
    );
    return Object.fromEntries(changed.map((name) => [name, current[name]])) as SettingsChange;
  });
  forgetSettings(tenantId);
  return before;
}

const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** JSON with its keys in order: the database does not keep the order in which they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
