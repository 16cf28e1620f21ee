import { ChartColumn } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { DayChart } from "@/components/usage/day-chart";
import { formatUsd } from "@/components/usage/format-usd";
import { costInWords, UsageTable } from "@/components/usage/usage-table";
import { paths } from "@/lib/paths";
import type { UsageSum } from "@/lib/usage/summary";
import type { UsagePageData } from "./queries";

const count = (value: number) => value.toLocaleString("en");
const tokensOf = ({ inputTokens, outputTokens }: UsageSum) => inputTokens + outputTokens;

/** What was used in the period, by day, person, copilot and model. */
export function UsageReport({ tenant, page }: { tenant: string; page: UsagePageData }) {
  const { summary, range, show } = page;
  const { total, by } = summary;
  if (total.calls === 0) {
    return (
      <EmptyState icon={ChartColumn} title="No model was asked in these days" className="px-0">
        Each question is counted here with its tokens and what it cost.
      </EmptyState>
    );
  }
  const days = { from: range.firstDay, to: range.lastDay };
  const measure = show === "cost" ? (sum: UsageSum) => sum.costUsd : tokensOf;
  return (
    <>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Figure label="Cost">{costInWords(total)}</Figure>
        <Figure label="Calls">{count(total.calls)}</Figure>
        <Figure label="Input tokens" note={`${count(total.cachedTokens)} of them cached`}>
          {count(total.inputTokens)}
        </Figure>
        <Figure label="Output tokens" note={`${count(total.reasoningTokens)} of them reasoning`}>
          {count(total.outputTokens)}
        </Figure>
      </dl>
      <section aria-label="By day" className="flex flex-col gap-3">
        <nav aria-label="What the charts show" className="flex gap-4 text-sm">
          {(["cost", "tokens"] as const).map((choice) => (
            <Link
              key={choice}
              href={paths.usage(tenant, { ...days, show: choice })}
              scroll={false}
              aria-current={show === choice ? "true" : undefined}
              className={show === choice ? "font-medium text-ink" : "text-ink-muted hover:text-ink"}
            >
              {choice === "cost" ? "Cost" : "Tokens"}
            </Link>
          ))}
        </nav>
        <DayChart
          title={show === "cost" ? "Cost by day" : "Tokens by day"}
          days={page.days.map(({ day, costUsd, tokens }) => ({ day, value: show === "cost" ? costUsd : tokens }))}
          format={show === "cost" ? formatUsd : count}
        />
      </section>
      <UsageTable title="Person" rows={by.userId} measure={measure} />
      <UsageTable title="Copilot" rows={by.agent} measure={measure} />
      <UsageTable title="Model" rows={by.model} measure={measure} />
    </>
  );
}

function Figure({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-muted text-xs">{label}</dt>
      <dd className="font-semibold text-base tabular-nums">{children}</dd>
      {note ? <dd className="text-ink-muted text-xs">{note}</dd> : null}
    </div>
  );
}
