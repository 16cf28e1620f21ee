import { ScrollRegion } from "@/components/ui/scroll-region";

interface DayChartProps {
  /** What the columns are, in words: "Cost by day". */
  title: string;
  days: readonly { day: string; value: number }[];
  format(value: number): string;
}

const WIDTH = 720;
const HEIGHT = 140;
const BASE = 139;
const TOP = 1;

/** A column a day. The same figures are a table below it, for those who do not see it and for those who want the numbers. */
export function DayChart({ title, days, format }: DayChartProps) {
  const most = Math.max(...days.map(({ value }) => value), 0);
  const step = WIDTH / Math.max(1, days.length);
  const heightOf = (value: number) => (most === 0 ? 0 : ((BASE - TOP) * value) / most);
  const highest = days.find(({ value }) => value === most);
  const summary = most === 0 || !highest ? "nothing yet" : `most on ${highest.day} with ${format(most)}`;
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="font-medium text-sm">{title}</figcaption>
      {/* Words beside the drawing and not in it: they keep their size when the bars are squeezed into a phone. */}
      <p aria-hidden className="text-ink-muted text-xs tabular-nums">
        {most === 0 ? "" : format(most)}
      </p>
      <svg
        preserveAspectRatio="none"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}, ${days[0]?.day} to ${days.at(-1)?.day}: ${summary}. The table below has every day.`}
        className="h-36 w-full"
      >
        <line x1={0} x2={WIDTH} y1={TOP} y2={TOP} stroke="var(--fd-line)" strokeDasharray="3 3" />
        <line x1={0} x2={WIDTH} y1={BASE} y2={BASE} stroke="var(--fd-line-strong)" />
        {days.map(({ day, value }, at) => (
          <rect
            key={day}
            x={at * step + step * 0.12}
            y={BASE - heightOf(value)}
            width={step * 0.76}
            // The smallest use can still be seen to be one.
            height={value > 0 ? Math.max(2, heightOf(value)) : 0}
            transform={value > 0 && heightOf(value) < 2 ? "translate(0 -2)" : undefined}
            fill="var(--fd-accent)"
          >
            <title>{`${day}: ${format(value)}`}</title>
          </rect>
        ))}
      </svg>
      <p aria-hidden className="flex justify-between text-ink-muted text-xs tabular-nums">
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day}</span>
      </p>
      <details className="text-sm">
        <summary className="w-fit cursor-pointer text-ink-muted hover:text-ink">As a table</summary>
        <ScrollRegion label={`${title}, as a table`} className="mt-2 max-h-72">
          <table className="w-full max-w-96">
            <thead>
              <tr className="text-left text-ink-muted text-xs">
                <th scope="col" className="py-1 font-medium">
                  Day
                </th>
                <th scope="col" className="py-1 text-right font-medium">
                  {title}
                </th>
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {days.map(({ day, value }) => (
                <tr key={day} className="border-line border-t">
                  <th scope="row" className="py-1 text-left font-normal">
                    {day}
                  </th>
                  <td className="py-1 text-right">{format(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </figure>
  );
}
