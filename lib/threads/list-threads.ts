import { and, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { messages, threads } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";
import { decodeCursor, encodeCursor } from "./cursor";
import { type Thread, threadColumns } from "./thread";

const LIMIT_DEFAULT = 30;
const LIMIT_MAX = 100;

export interface ThreadQuery {
  /** Searches titles and message text; every word must occur, the last may be unfinished. */
  q?: string;
  agent?: string;
  archived?: boolean;
  /** `tenant` lists every member's threads; row-level security leaves a member with own ones all the same. */
  scope?: "own" | "tenant";
  cursor?: string;
  limit?: number;
}

export interface ThreadPage {
  threads: Thread[];
  /** Pass it back for the next page; null on the last one. */
  nextCursor: string | null;
}

/** Threads by last activity, newest first. Throws `invalid_request` for a cursor that is not ours. */
export async function listThreads(context: TenantContext, query: ThreadQuery = {}): Promise<ThreadPage> {
  const limit = Math.min(Math.max(query.limit ?? LIMIT_DEFAULT, 1), LIMIT_MAX);
  const after = query.cursor ? decodeCursor(query.cursor) : null;
  const rows = await withTenant(context, (tx) =>
    tx
      // As text, because a JavaScript date would round away the microseconds that the cursor compares.
      .select({ ...threadColumns, sortKey: sql<string>`${threads.updatedAt}::text` })
      .from(threads)
      .where(
        and(
          eq(threads.tenantId, context.tenantId),
          query.scope === "tenant" ? undefined : eq(threads.userId, context.userId),
          query.agent ? eq(threads.agent, query.agent) : undefined,
          isNull(threads.deletedAt),
          query.archived ? isNotNull(threads.archivedAt) : isNull(threads.archivedAt),
          query.q?.trim() ? matching(context, query.q) : undefined,
          after ? sql`(${threads.updatedAt}, ${threads.id}) < (${after.sortKey}::timestamptz, ${after.id})` : undefined,
        ),
      )
      .orderBy(desc(threads.updatedAt), desc(threads.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    threads: page.map(({ sortKey: _, ...thread }) => thread),
    nextCursor: rows.length > limit && last ? encodeCursor({ sortKey: last.sortKey, id: last.id }) : null,
  };
}

function matching(context: TenantContext, q: string): SQL | undefined {
  const pattern = `%${q.trim().replace(/[\\%_]/g, "\\$&")}%`;
  const inTitle = sql`${threads.title} ilike ${pattern}`;
  const words = q.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  if (!words) return inTitle;
  const tsquery = words.map((word) => `${word}:*`).join(" & ");
  return or(
    inTitle,
    sql`${threads.id} in (select ${messages.threadId} from ${messages} where ${messages.tenantId} = ${context.tenantId} and ${messages.search} @@ to_tsquery('simple', ${tsquery}))`,
  );
}
