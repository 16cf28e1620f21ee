import { and, eq, isNotNull } from "drizzle-orm";
import { newId } from "@/db/ids";
import { auditLog, rememberedAnswers, threads } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { notFound } from "@/lib/failures/app-error";
import { announce, changeThread, ownThread, type Thread, threadColumns } from "./thread";

/** Deletes an own thread. Until retention removes it for good, `restoreThread` undoes it. */
export async function deleteThread(context: TenantContext, id: string): Promise<Thread> {
  return withTenant(context, async (tx) => {
    const thread = await changeThread(tx, context, id, "deleted", { deletedAt: new Date() });
    // What was said in it is not said again elsewhere.
    await tx
      .delete(rememberedAnswers)
      .where(and(eq(rememberedAnswers.tenantId, context.tenantId), eq(rememberedAnswers.threadId, id)));
    await audit(tx, context, "thread.delete", id);
    return thread;
  });
}

/** Undoes `deleteThread`. Throws `not_found` when there is nothing to undo. */
export async function restoreThread(context: TenantContext, id: string): Promise<Thread> {
  return withTenant(context, async (tx) => {
    const [thread] = await tx
      .update(threads)
      .set({ deletedAt: null })
      .where(and(ownThread(context, id), isNotNull(threads.deletedAt)))
      .returning(threadColumns);
    if (!thread) throw notFound();
    await announce(tx, context, id, "restored");
    await audit(tx, context, "thread.restore", id);
    return thread;
  });
}

async function audit(tx: Tx, context: TenantContext, action: string, target: string): Promise<void> {
  await tx
    .insert(auditLog)
    .values({ id: newId("aud"), tenantId: context.tenantId, userId: context.userId, action, target });
}
