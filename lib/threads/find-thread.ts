import { and, eq, isNull } from "drizzle-orm";
import { threads } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { type Thread, threadColumns } from "./thread";

/** A thread without its messages, or null. Its owner may see it, and an admin of the tenant. */
export async function findThread(context: TenantContext, id: string): Promise<Thread | null> {
  const [thread] = await withTenant(context, (tx) =>
    tx
      .select(threadColumns)
      .from(threads)
      .where(and(eq(threads.tenantId, context.tenantId), eq(threads.id, id), isNull(threads.deletedAt))),
  );
  return thread ?? null;
}
