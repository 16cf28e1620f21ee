import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { paths } from "@/lib/paths";

interface PeriodPickerProps {
  tenant: string;
  from: string;
  to: string;
  today: string;
  show: "cost" | "tokens";
  problem: string | null;
}

const DAY_MS = 86_400_000;
const daysBefore = (day: string, days: number) => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** The days of the report: the usual ones at a click, any others by their dates. Works without a script. */
export function PeriodPicker({ tenant, from, to, today, show, problem }: PeriodPickerProps) {
  const monthBegan = `${today.slice(0, 7)}-01`;
  const monthEnded = daysBefore(monthBegan, 1);
  const usual = [
    { label: "7 days", from: daysBefore(today, 6), to: today },
    { label: "30 days", from: daysBefore(today, 29), to: today },
    { label: "This month", from: monthBegan, to: today },
    { label: "Last month", from: `${monthEnded.slice(0, 7)}-01`, to: monthEnded },
  ];
  return (
    <div className="flex flex-col gap-3">
      <nav aria-label="Period" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {usual.map((period) => {
          const current = period.from === from && period.to === to;
          return (
            <Link
              key={period.label}
              href={paths.usage(tenant, { from: period.from, to: period.to, show })}
              aria-current={current ? "true" : undefined}
              className={current ? "font-medium text-ink" : "text-ink-muted hover:text-ink"}
            >
              {period.label}
            </Link>
          );
        })}
      </nav>
      <form action={paths.usage(tenant)} className="flex flex-wrap items-end gap-2">
        <input type="hidden" name="show" value={show} />
        <Field id="from" label="From">
          <Input id="from" name="from" type="date" defaultValue={from} key={from} className="w-40" />
        </Field>
        <Field id="to" label="To">
          <Input id="to" name="to" type="date" defaultValue={to} key={to} className="w-40" />
        </Field>
        <Button type="submit">Show</Button>
      </form>
      {problem ? (
        <p role="alert" className="text-failure text-sm">
          {problem} Shown are the last thirty days.
        </p>
      ) : null}
    </div>
  );
}
