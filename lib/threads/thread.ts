// Threads are conversations: each belongs to a tenant and to the member who began it. Every function here takes the caller's tenant
// context and reaches the rows through `withTenant`; an id that is not the caller's answers like one that never existed.
import { and, eq, isNull, type SQL } from "drizzle-orm";
import { threads } from "@/db/schema";
import type { TenantContext, Tx } from "@/db/with-tenant";
import { notFound } from "@/lib/failures/app-error";
import { announceThread } from "@/lib/runs/signals";
import type { ThreadChangeKind } from "@/lib/runs/thread-change";

export interface Thread {
  id: string;
  agent: string;
  title: string;
  /** The member who began it. */
  userId: string;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
}

export const threadColumns = {
  id: threads.id,
  agent: threads.agent,
  title: threads.title,
  userId: threads.userId,
  createdAt: threads.createdAt,
  updatedAt: threads.updatedAt,
  archivedAt: threads.archivedAt,
};

/** The caller's own thread of this id, present or deleted. Row-level security already hides other tenants and other members. */
export const ownThread = (context: TenantContext, id: string): SQL | undefined =>
  and(eq(threads.tenantId, context.tenantId), eq(threads.userId, context.userId), eq(threads.id, id));

/** Tells the owner's open pages, when this transaction commits. */
export function announce(tx: Tx, context: TenantContext, threadId: string, change: ThreadChangeKind): Promise<void> {
  return announceThread(tx, { tenantId: context.tenantId, userId: context.userId, threadId, change });
}

/** Changes one own thread that is not deleted, and announces it as `change`. Throws `not_found` for any other id. */
export async function changeThread(
  tx: Tx,
  context: TenantContext,
  id: string,
  change: ThreadChangeKind,
  values: Partial<typeof threads.$inferInsert>,
): Promise<Thread> {
  const [thread] = await tx
    .update(threads)
    .set(values)
    .where(and(ownThread(context, id), isNull(threads.deletedAt)))
    .returning(threadColumns);
  if (!thread) throw notFound();
  await announce(tx, context, id, change);
  return thread;
}
