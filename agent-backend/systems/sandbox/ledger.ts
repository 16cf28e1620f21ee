// What the sandbox systems write down, so that "exactly once" can be counted as it could at a real provider.
import { and, eq } from "drizzle-orm";
import { newId } from "@/db/ids";
import { sandboxLedger } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import type { TenantWork } from "../../tenant-work";

export interface LedgerEntry {
  system: string;
  operation: string;
  key: string;
  amountMinor?: number;
  request: Record<string, unknown>;
}

/** Books what `answer` says under the entry's key, or returns what is booked under it already. One transaction. */
export function bookOnce<T extends Record<string, unknown>>(
  work: TenantWork,
  tenantId: string,
  entry: LedgerEntry,
  answer: (tx: Tx, reference: string) => Promise<T>,
): Promise<T> {
  return work(async (tx) => {
    const known = await findBooking<T>(tx, entry.system, entry.key);
    if (known) return known;
    const id = newId("led");
    const response = await answer(tx, id);
    // Two requests under one key at once: the second waits here for the first and then repeats its answer.
    const [booked] = await tx
      .insert(sandboxLedger)
      .values({
        id,
        tenantId,
        system: entry.system,
        operation: entry.operation,
        idempotencyKey: entry.key,
        amountMinor: entry.amountMinor ?? 0,
        request: entry.request,
        response,
      })
      .onConflictDoNothing()
      .returning({ id: sandboxLedger.id });
    if (!booked) throw new Error(`the key ${entry.key} was used twice at the same moment`);
    return response;
  });
}

/** What the system answered under this key, or null. */
export async function findBooking<T>(tx: Tx, system: string, key: string): Promise<T | null> {
  const [row] = await tx
    .select({ response: sandboxLedger.response })
    .from(sandboxLedger)
    .where(and(eq(sandboxLedger.system, system), eq(sandboxLedger.idempotencyKey, key)));
  return (row?.response as T | undefined) ?? null;
}
