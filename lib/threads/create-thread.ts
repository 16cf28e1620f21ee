import { newId } from "@/db/ids";
import { threads } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { announce, type Thread, threadColumns } from "./thread";

/** Begins a thread with `agent`. Ids are made here and nowhere else: a run on an id that the caller made up is refused. */
export async function createThread(context: TenantContext, agent: string): Promise<Thread> {
  const row = { id: newId("thr"), tenantId: context.tenantId, userId: context.userId, agent };
  return withTenant(context, async (tx) => {
    const [thread] = await tx.insert(threads).values(row).returning(threadColumns);
    if (!thread) throw new Error("the thread was not made");
    await announce(tx, context, thread.id, "created");
    return thread;
  });
}
