import { CircleStop, TriangleAlert } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { formatUsd } from "./format-usd";

export interface ShownBudget {
  name: string;
  period: "day" | "month";
  softUsd: number | null;
  hardUsd: number | null;
  /** Null where it is not the reader's to see. */
  spentUsd: number | null;
}

/** How much of each limit is used up. State is said in words and by an icon too, never by colour alone. */
export function BudgetBars({ budgets }: { budgets: readonly ShownBudget[] }) {
  return (
    <ul aria-label="Limits" className="flex flex-col gap-3">
      {budgets.map((budget) => (
        <li key={`${budget.name} ${budget.period}`}>
          <BudgetBar {...budget} />
        </li>
      ))}
    </ul>
  );
}

function BudgetBar({ name, period, softUsd, hardUsd, spentUsd }: ShownBudget) {
  const stopped = hardUsd !== null && spentUsd !== null && spentUsd >= hardUsd;
  const warned = !stopped && softUsd !== null && spentUsd !== null && spentUsd >= softUsd;
  const most = hardUsd ?? softUsd ?? 0;
  const share = spentUsd !== null && most > 0 ? Math.min(1, spentUsd / most) : 0;
  const limits = [
    softUsd === null ? null : `warns at ${formatUsd(softUsd)}`,
    hardUsd === null ? null : `stops at ${formatUsd(hardUsd)}`,
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-1 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{name}</span>
        <span className="text-ink-muted">{period === "day" ? "today" : "this month"}</span>
        <span className="ml-auto tabular-nums">
          {spentUsd === null ? null : `${formatUsd(spentUsd)} spent, `}
          <span className="text-ink-muted">{limits.join(", ")}</span>
        </span>
      </div>
      {spentUsd === null ? null : (
        <div aria-hidden className="relative h-1.5 overflow-hidden rounded-full bg-sunken">
          <div
            className={cn("h-full", stopped ? "bg-failure" : warned ? "bg-attention" : "bg-accent")}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      {stopped ? (
        <p className="flex items-center gap-1 text-failure text-xs">
          <CircleStop aria-hidden className="size-3.5" /> Used up: no model is asked until it begins again.
        </p>
      ) : warned ? (
        <p className="flex items-center gap-1 text-attention text-xs">
          <TriangleAlert aria-hidden className="size-3.5" /> Past the warning.
        </p>
      ) : null}
    </div>
  );
}
