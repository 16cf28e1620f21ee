"use client";

import { type FormEvent, useState } from "react";
import type { BudgetStatus } from "@/lib/usage/budgets";
import { setLimits } from "./actions";
import { AmountField } from "./amount-field";
import { readAmount, writeAmount } from "./read-amount";
import { SaveBar } from "./save-bar";
import { useSaving } from "./use-saving";

const PERIODS = [
  { period: "day", title: "A day" },
  { period: "month", title: "A month" },
] as const;
const SIDES = [
  { side: "softUsd", label: "Warn at" },
  { side: "hardUsd", label: "Stop at" },
] as const;

interface LimitFormProps {
  tenant: string;
  subject: string;
  name: string;
  limits: readonly BudgetStatus[];
}

/** What one subject may spend in a day and in a month. An empty field is no limit. */
export function LimitForm({ tenant, subject, name, limits }: LimitFormProps) {
  const stored = (period: "day" | "month", side: "softUsd" | "hardUsd") =>
    writeAmount(limits.find((limit) => limit.subject === subject && limit.period === period)?.[side]);
  const [written, setWritten] = useState<Record<string, string>>({});
  const { submit, saving, errors, message } = useSaving(
    (input: Parameters<typeof setLimits>[1]) => setLimits(tenant, input),
    `Limits, ${name.toLowerCase()}`,
    () => setWritten({}),
  );
  const shown = (period: "day" | "month", side: "softUsd" | "hardUsd") =>
    written[`${period}.${side}`] ?? stored(period, side);
  const limitOf = (period: "day" | "month") => ({
    softUsd: readAmount(shown(period, "softUsd")),
    hardUsd: readAmount(shown(period, "hardUsd")),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    submit({ subject, day: limitOf("day"), month: limitOf("month") });
  };
  return (
    <form onSubmit={save} aria-label={`Limits, ${name}`} className="flex flex-col gap-3 border-line border-t py-4">
      <h3 className="font-medium text-sm">{name}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        {PERIODS.map(({ period, title }) => (
          <fieldset key={period} className="flex min-w-0 flex-col gap-2">
            <legend className="mb-1 text-ink-muted text-xs">{title}, US dollars</legend>
            <div className="flex gap-3">
              {SIDES.map(({ side, label }) => (
                <AmountField
                  key={side}
                  id={`${subject}-${period}-${side}`}
                  label={label}
                  placeholder="No limit"
                  value={shown(period, side)}
                  error={errors[`${period}.${side}`]}
                  onChange={(value) => setWritten((before) => ({ ...before, [`${period}.${side}`]: value }))}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <SaveBar label="Save limits" saving={saving} message={message} />
    </form>
  );
}
