import "server-only";
import type { ShownBudget } from "@/components/usage/budget-bars";
import { EACH_MEMBER } from "@/contract/usage";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { listMembers } from "@/lib/gateway/list-members";
import { listBudgets } from "@/lib/usage/budgets";
import { summariseUsage, type UsageSummary } from "@/lib/usage/summary";
import { daysOf, type UsageRange, usageRange, usageRangeSchema } from "@/lib/usage/usage-range";
import { subjectName } from "../limit-subjects";

export type UsageQuery = Record<string, string | string[] | undefined>;

export interface UsagePageData {
  range: UsageRange;
  today: string;
  show: "cost" | "tokens";
  /** Why the days in the address are not the ones that are shown. */
  problem: string | null;
  summary: UsageSummary;
  days: { day: string; costUsd: number; tokens: number }[];
  budgets: ShownBudget[];
}

/** The report of the days that the address names; of the last thirty when it names none, or none that make sense. */
export async function usageOfPage(identity: RequestIdentity, query: UsageQuery): Promise<UsagePageData> {
  const given = usageRangeSchema.safeParse({ from: query.from || undefined, to: query.to || undefined });
  const range = usageRange(given.success ? given.data : {});
  const [summary, limits, members] = await Promise.all([
    summariseUsage(identity, range),
    listBudgets(identity),
    listMembers(identity),
  ]);
  const emailOf = (userId: string) => members.find((member) => member.userId === userId)?.email;
  const by = {
    ...summary.by,
    userId: summary.by.userId.map((row) => ({ ...row, name: emailOf(row.name) ?? "Somebody who left" })),
  };
  const sums = new Map(by.day.map((sum) => [sum.name, sum]));
  const issue = given.success ? null : given.error.issues[0];
  const mine = limits.filter(({ subject }) => subject === identity.userId);
  return {
    range,
    today: usageRange({}).lastDay,
    // A chart of nothing but zeros says nothing: the offline model and models of one's own cost none.
    show: query.show === "cost" || query.show === "tokens" ? query.show : summary.total.costUsd > 0 ? "cost" : "tokens",
    problem: issue ? `${issue.path[0] === "to" ? "The last day" : "The first day"} ${issue.message}.` : null,
    summary: { ...summary, by },
    days: daysOf(range).map((day) => {
      const { costUsd = 0, inputTokens = 0, outputTokens = 0 } = sums.get(day) ?? {};
      return { day, costUsd, tokens: inputTokens + outputTokens };
    }),
    budgets: limits
      // A limit of one's own goes before that of each member.
      .filter(({ subject, period }) => subject !== EACH_MEMBER || !mine.some((own) => own.period === period))
      .map(({ subject, ...limit }) => ({
        ...limit,
        name:
          subject === identity.userId
            ? "You"
            : subject === EACH_MEMBER
              ? "You, as each member"
              : subjectName(subject, emailOf),
      })),
  };
}
