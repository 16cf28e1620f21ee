"use client";

import { cn } from "@/components/ui/cn";
import type { InvoiceStatus } from "@/contract/invoices";
import { formatMoney } from "@/contract/money";
import { statusLooks } from "./status-looks";
import { type StripTotal, shortAmount } from "./status-totals";

interface StatusStripProps {
  totals: readonly StripTotal[];
  chosen: readonly InvoiceStatus[];
  onChoose(statuses: InvoiceStatus[]): void;
}

/** How many invoices there are of each status and what they come to. Choosing one or more filters the table. */
export function StatusStrip({ totals, chosen, onChoose }: StatusStripProps) {
  const all = totals.reduce((sum, { count }) => sum + count, 0);
  const toggle = (status: InvoiceStatus) =>
    onChoose(chosen.includes(status) ? chosen.filter((one) => one !== status) : [...chosen, status]);
  return (
    <section
      aria-label="Totals by status"
      className="flex shrink-0 gap-1 overflow-x-auto border-line border-b px-3 py-2 md:flex-wrap"
    >
      <StripButton pressed={chosen.length === 0} onClick={() => onChoose([])} label="All" count={all} />
      {totals.map(({ status, count, amounts }) => {
        const { label, icon: Icon, tone, meaning } = statusLooks[status];
        return (
          <StripButton
            key={status}
            pressed={chosen.includes(status)}
            onClick={() => toggle(status)}
            icon={<Icon aria-hidden className={cn("size-3.5", toneClass[tone ?? "neutral"])} />}
            label={label}
            count={count}
            amount={shortAmount(amounts)}
            title={`${meaning} ${amounts.map(({ minor, currency }) => formatMoney(minor, currency)).join(", ")}`}
          />
        );
      })}
    </section>
  );
}

const toneClass = {
  neutral: "text-ink-faint",
  accent: "text-accent",
  ok: "text-ok",
  attention: "text-attention",
  failure: "text-failure",
};

interface StripButtonProps {
  pressed: boolean;
  onClick(): void;
  icon?: React.ReactNode;
  label: string;
  count: number;
  amount?: string;
  title?: string;
}

function StripButton({ pressed, onClick, icon, label, count, amount, title }: StripButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      title={title}
      className={cn(
        "flex shrink-0 flex-col items-start rounded-md border px-2.5 py-1 text-left transition-colors",
        pressed ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong hover:bg-canvas",
      )}
    >
      <span className="flex items-center gap-1.5 text-sm">
        {icon}
        <span>{label}</span> <span className="font-semibold tabular-nums">{count.toLocaleString("en")}</span>
      </span>
      {amount ? <span className="text-ink-muted text-xs tabular-nums">{amount}</span> : null}
    </button>
  );
}
