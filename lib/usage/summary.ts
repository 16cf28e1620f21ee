import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { usage } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";

/** What some calls came to. */
export interface UsageSum {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  costUsd: number;
  /** Calls of a model without a known price: they are in the tokens and not in the cost. */
  unpricedCalls: number;
}

export type UsageDimension = "day" | "userId" | "agent" | "model";

export interface UsageSummary {
  total: UsageSum;
  /** By what each sum is of: days in their order, the rest with the dearest first. */
  by: Record<UsageDimension, (UsageSum & { name: string })[]>;
}

export interface UsageFilter {
  from: Date;
  /** Not included. */
  to: Date;
  threadId?: string;
  runId?: string;
  userId?: string;
}

const NAMES_MAX = 100;

/** What the caller may see, summed by day (UTC), person, copilot and model: their own use, an admin's whole tenant. */
export async function summariseUsage(
  context: TenantContext,
  { from, to, threadId, runId, userId }: UsageFilter,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<UsageSummary> {
  const conditions: (SQL | undefined)[] = [
    gte(usage.createdAt, from),
    lt(usage.createdAt, to),
    threadId ? eq(usage.threadId, threadId) : undefined,
    runId ? eq(usage.runId, runId) : undefined,
    userId ? eq(usage.userId, userId) : undefined,
  ];
  return doors.withTenant(context, async (tx) => {
    // Each name in one column, so that one statement groups by each of them in turn and by none.
    const names = tx
      .select({
        day: sql<string>`to_char(${usage.createdAt} at time zone 'UTC', 'YYYY-MM-DD')`.as("day"),
        userId: usage.userId,
        agent: usage.agent,
        model: usage.model,
        inputTokens: usage.inputTokens,
        outputTokens: usage.outputTokens,
        cachedTokens: usage.cachedTokens,
        reasoningTokens: usage.reasoningTokens,
        costMicroUsd: usage.costMicroUsd,
      })
      .from(usage)
      .where(and(...conditions))
      .as("names");
    const sum = (column: unknown) => sql<number>`coalesce(sum(${column}), 0)::float8`;
    const rows = await tx
      .select({
        day: names.day,
        userId: names.userId,
        agent: names.agent,
        model: names.model,
        calls: sql<number>`count(*)::int`,
        inputTokens: sum(names.inputTokens),
        outputTokens: sum(names.outputTokens),
        cachedTokens: sum(names.cachedTokens),
        reasoningTokens: sum(names.reasoningTokens),
        costUsd: sql<number>`(coalesce(sum(${names.costMicroUsd}), 0) / 1000000.0)::float8`,
        unpricedCalls: sql<number>`(count(*) - count(${names.costMicroUsd}))::int`,
      })
      .from(names)
      .groupBy(sql`grouping sets ((), (${names.day}), (${names.userId}), (${names.agent}), (${names.model}))`);
    const nothing: UsageSum = {
      ...{ calls: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0 },
      ...{ costUsd: 0, unpricedCalls: 0 },
    };
    const summary: UsageSummary = { total: nothing, by: { day: [], userId: [], agent: [], model: [] } };
    for (const { day, userId, agent, model, ...sums } of rows as (UsageSum & Record<UsageDimension, string | null>)[]) {
      const named = Object.entries({ day, userId, agent, model }).find(([, name]) => name !== null);
      if (named) summary.by[named[0] as UsageDimension].push({ name: named[1] ?? "", ...sums });
      else summary.total = sums;
    }
    const { by } = summary;
    by.day.sort((a, b) => (a.name < b.name ? -1 : 1));
    const dearest = (a: UsageSum, b: UsageSum) =>
      b.costUsd - a.costUsd || b.inputTokens + b.outputTokens - a.inputTokens - a.outputTokens;
    for (const dimension of ["userId", "agent", "model"] as const)
      by[dimension] = by[dimension].sort(dearest).slice(0, NAMES_MAX);
    return summary;
  });
}
