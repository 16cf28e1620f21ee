import { and, gte, lt, sql } from "drizzle-orm";
import { usage } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";

/** What was used on one day (UTC) by one member, with one copilot and one model. */
export interface UsageLine {
  day: string;
  userId: string;
  agent: string;
  provider: string;
  model: string;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  costUsd: number;
  /** Calls of a model without a known price: they are in the tokens and not in the cost. */
  unpricedCalls: number;
}

/** What the caller may see, oldest day first: their own use, an admin's whole tenant. `to` is not included. */
export async function listUsage(
  context: TenantContext,
  { from, to }: { from: Date; to: Date },
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<UsageLine[]> {
  const day = sql<string>`to_char(${usage.createdAt} at time zone 'UTC', 'YYYY-MM-DD')`;
  const sum = (column: unknown) => sql<number>`coalesce(sum(${column}), 0)::float8`;
  const { userId, agent, provider, model } = usage;
  return doors.withTenant(context, (tx) =>
    tx
      .select({
        day,
        userId,
        agent,
        provider,
        model,
        calls: sql<number>`count(*)::int`,
        inputTokens: sum(usage.inputTokens),
        outputTokens: sum(usage.outputTokens),
        cachedTokens: sum(usage.cachedTokens),
        reasoningTokens: sum(usage.reasoningTokens),
        costUsd: sql<number>`(coalesce(sum(${usage.costMicroUsd}), 0) / 1000000.0)::float8`,
        unpricedCalls: sql<number>`count(*) filter (where ${usage.costMicroUsd} is null)::int`,
      })
      .from(usage)
      .where(and(gte(usage.createdAt, from), lt(usage.createdAt, to)))
      .groupBy(sql`1`, userId, agent, provider, model)
      .orderBy(sql`1`, userId, agent, provider, model),
  );
}

const COLUMNS: (keyof UsageLine)[] = [
  "day",
  "userId",
  "agent",
  "provider",
  "model",
  "calls",
  "inputTokens",
  "outputTokens",
  "cachedTokens",
  "reasoningTokens",
  "costUsd",
  "unpricedCalls",
];

/** The lines as CSV by RFC 4180. */
export function usageCsv(lines: readonly UsageLine[]): string {
  const rows = lines.map((line) => COLUMNS.map((column) => csvField(line[column])).join(","));
  return `${[COLUMNS.join(","), ...rows].join("\r\n")}\r\n`;
}

function csvField(value: string | number): string {
  // A model name that begins like a formula must not be one in somebody's spreadsheet.
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
