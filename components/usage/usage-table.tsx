import { ScrollRegion } from "@/components/ui/scroll-region";
import type { UsageSum } from "@/lib/usage/summary";
import { formatUsd } from "./format-usd";

interface UsageTableProps {
  /** What each row is: "Person". */
  title: string;
  rows: readonly (UsageSum & { name: string })[];
  /** What the bars compare. */
  measure(sum: UsageSum): number;
}

/** Who or what used how much, with a bar in each row: chart and table in one. */
export function UsageTable({ title, rows, measure }: UsageTableProps) {
  const most = Math.max(...rows.map(measure), 0);
  return (
    <ScrollRegion label={`Usage by ${title.toLowerCase()}`}>
      <table className="w-full min-w-[480px] text-sm">
        <thead>
          <tr className="text-left text-ink-muted text-xs">
            <th scope="col" className="py-1 font-medium">
              {title}
            </th>
            <th scope="col" className="w-20 py-1 text-right font-medium">
              Calls
            </th>
            <th scope="col" className="w-28 py-1 text-right font-medium">
              Tokens
            </th>
            <th scope="col" className="w-28 py-1 text-right font-medium">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-line border-t">
              <th scope="row" className="max-w-0 py-1.5 pr-4 text-left font-normal">
                <span className="block truncate" title={row.name}>
                  {row.name}
                </span>
                <span aria-hidden className="mt-1 block h-1 rounded-full bg-sunken">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: `${most === 0 ? 0 : (100 * measure(row)) / most}%` }}
                  />
                </span>
              </th>
              <td className="py-1.5 text-right align-top tabular-nums">{row.calls.toLocaleString("en")}</td>
              <td className="py-1.5 text-right align-top tabular-nums">
                {(row.inputTokens + row.outputTokens).toLocaleString("en")}
              </td>
              <td className="py-1.5 text-right align-top tabular-nums">{costInWords(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** A cost of which a part is not known says so: it is no zero. */
export function costInWords({ costUsd, calls, unpricedCalls }: UsageSum): string {
  if (unpricedCalls > 0 && unpricedCalls === calls) return "Unknown";
  return unpricedCalls > 0 ? `${formatUsd(costUsd)} or more` : formatUsd(costUsd);
}
