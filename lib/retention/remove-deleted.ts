// What people delete is kept for a while, so that it can be brought back, and then removed for good.
import { sql } from "drizzle-orm";
import type { Doors } from "@/db/with-tenant";

/** For tenants that did not set `deletedKeepDays`. */
const KEEP_DAYS = 30;
/** Few enough that no transaction is long: a conversation takes its runs, events and messages with it, a document its passages. */
const AT_A_TIME = 100;
const KEPT = [sql`flightdeck.threads`, sql`flightdeck.documents`];

/**
 * Removes the conversations and documents that were deleted longer ago than their tenant keeps them, with all that belongs to them.
 * What was brought back meanwhile stays. Returns how many were removed: call again while it is not 0.
 */
export async function removeDeleted({ withSystem }: Pick<Doors, "withSystem">): Promise<number> {
  let removed = 0;
  for (const table of KEPT) {
    const { rowCount } = await withSystem((tx) =>
      tx.execute(sql`
        delete from ${table} gone using (
          select d.id, d.deleted_at from ${table} d join flightdeck.tenants t on t.id = d.tenant_id
          where d.deleted_at < now() - interval '1 day' * coalesce(
            case when jsonb_typeof(t.settings -> 'deletedKeepDays') = 'number' then (t.settings ->> 'deletedKeepDays')::numeric end,
            ${KEEP_DAYS})
          order by d.deleted_at limit ${AT_A_TIME}
        ) due
        where gone.id = due.id and gone.deleted_at = due.deleted_at`),
    );
    removed += rowCount ?? 0;
  }
  return removed;
}
