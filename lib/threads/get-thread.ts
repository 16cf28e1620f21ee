import type { Message } from "@ag-ui/client";
import { and, asc, eq, isNull } from "drizzle-orm";
import { messages, threads } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { type Thread, threadColumns } from "./thread";

export interface ThreadWithMessages {
  thread: Thread;
  messages: Message[];
}

/** A thread and its messages in order, or null. Its owner may read it, and an admin of the tenant. */
export async function getThread(context: TenantContext, id: string): Promise<ThreadWithMessages | null> {
  return withTenant(context, async (tx) => {
    const [thread] = await tx
      .select(threadColumns)
      .from(threads)
      .where(and(eq(threads.tenantId, context.tenantId), eq(threads.id, id), isNull(threads.deletedAt)));
    if (!thread) return null;
    const rows = await tx
      .select({ message: messages.message })
      .from(messages)
      .where(and(eq(messages.tenantId, context.tenantId), eq(messages.threadId, id)))
      .orderBy(asc(messages.position));
    return { thread, messages: rows.map((row) => row.message as Message) };
  });
}
