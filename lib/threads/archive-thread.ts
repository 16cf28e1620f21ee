import { type TenantContext, withTenant } from "@/db/with-tenant";
import { changeThread, type Thread } from "./thread";

/** Takes an own thread off the list, or with `archived: false` puts it back. */
export async function archiveThread(context: TenantContext, id: string, archived = true): Promise<Thread> {
  const change = archived ? "archived" : "restored";
  const archivedAt = archived ? new Date() : null;
  return withTenant(context, (tx) => changeThread(tx, context, id, change, { archivedAt }));
}
