import { and, eq } from "drizzle-orm";
import { feedback, threads } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { notFound } from "@/lib/failures/app-error";
import { ownThread } from "./thread";

export type Rating = "up" | "down";

export interface RatedAnswer {
  threadId: string;
  messageId: string;
  rating: Rating;
}

/** Stores the caller's thumb on an answer of an own thread; a second one replaces the first. Throws `not_found` for another's thread. */
export async function rateAnswer(context: TenantContext, { threadId, messageId, rating }: RatedAnswer): Promise<void> {
  const { tenantId, userId } = context;
  await withTenant(context, async (tx) => {
    const [thread] = await tx.select({ id: threads.id }).from(threads).where(ownThread(context, threadId));
    if (!thread) throw notFound();
    await tx
      .insert(feedback)
      .values({ tenantId, userId, threadId, messageId, rating })
      .onConflictDoUpdate({ target: [feedback.threadId, feedback.messageId, feedback.userId], set: { rating } });
  });
}

/** The caller's thumbs in a thread, by message. */
export async function listRatings(
  context: TenantContext,
  threadId: string,
): Promise<[messageId: string, rating: Rating][]> {
  const rows = await withTenant(context, (tx) =>
    tx
      .select({ messageId: feedback.messageId, rating: feedback.rating })
      .from(feedback)
      .where(
        and(
          eq(feedback.tenantId, context.tenantId),
          eq(feedback.threadId, threadId),
          eq(feedback.userId, context.userId),
        ),
      ),
  );
  return rows.map(({ messageId, rating }) => [messageId, rating]);
}
