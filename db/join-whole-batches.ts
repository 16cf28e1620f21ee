import { sql } from "drizzle-orm";
import type { Tx } from "./with-tenant";

/**
 * For the rest of the transaction, joins of whole batches go by hash or in order. Rows that came in seconds ago are in no statistics yet: the
 * planner takes a batch for one row, and a loop over 5,000 invoices times 5,000 results takes it seconds instead of a few milliseconds.
 */
export async function joinWholeBatches(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('enable_nestloop', 'off', true)`);
}
