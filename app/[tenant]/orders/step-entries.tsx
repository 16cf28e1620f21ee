import { RelativeTime } from "@/components/ui/relative-time";
import { formatMoney } from "@/contract/money";
import type { OrderStep } from "@/contract/orders";

const outcomes = { ok: "", declined: "Declined. ", failed: "Failed. " };

/** What a step did outside, who decided, and the entries in the books of the systems that it called. */
export function StepEntries({ step, currency }: { step: OrderStep; currency: string }) {
  return (
    <div className="flex flex-col gap-2 text-ink-muted text-xs">
      {step.decidedBy ? <p>Decided by {step.decidedBy}</p> : null}
      {step.attempts > 1 ? <p className="tabular-nums">{step.attempts} attempts</p> : null}
      <ul className="flex flex-col gap-2">
        {step.entries.map((entry) => (
          <li key={`${entry.key} ${entry.operation}`} className="rounded-md bg-sunken px-2.5 py-2">
            <p className="flex flex-wrap gap-x-2">
              <span className="font-medium text-ink">
                {entry.system}: {entry.operation}
              </span>
              <span className="min-w-40 flex-1">
                {outcomes[entry.outcome]}
                {entry.text}
              </span>
              {entry.amountMinor > 0 ? (
                <span className="tabular-nums">{formatMoney(entry.amountMinor, currency)}</span>
              ) : null}
              <RelativeTime at={entry.at} />
            </p>
            {entry.reference ? <p className="mt-1 select-all break-all font-mono">{entry.reference}</p> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
