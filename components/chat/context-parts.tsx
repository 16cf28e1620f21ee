"use client";

import type { TokenUpdate } from "@/contract/usage";

/** In the order in which the model reads them. The shades differ in lightness too, and each has its name beside it. */
const PARTS = [
  { key: "system", label: "Instructions", shade: "bg-ink" },
  { key: "tools", label: "Tools", shade: "bg-ink-faint" },
  { key: "summary", label: "Condensed messages", shade: "bg-attention" },
  { key: "history", label: "Conversation", shade: "bg-accent" },
  { key: "documents", label: "Documents read", shade: "bg-ok" },
] as const;

interface ContextPartsProps {
  meter: TokenUpdate;
}

/** The meter, opened: what is used and left, what fills it, and what the provider counted of it. */
export function ContextParts({ meter }: ContextPartsProps) {
  const { tokens_used: used, tokens_remaining: left, context_window: size, breakdown } = meter;
  const parts = PARTS.filter(({ key }) => breakdown[key] > 0);
  return (
    <>
      <p className="font-semibold">
        {count(used)} of {count(size)} tokens
        <span className="font-normal text-ink-muted"> · {count(left)} left</span>
      </p>
      <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full bg-sunken">
        {parts.map(({ key, shade }) => (
          <span key={key} className={shade} style={{ width: `${(breakdown[key] / size) * 100}%` }} />
        ))}
      </div>
      <dl className="flex flex-col gap-1 text-xs">
        {parts.map(({ key, label, shade }) => (
          <Row key={key} label={label} value={count(breakdown[key])} mark={shade} />
        ))}
      </dl>
      <dl className="flex flex-col gap-1 border-line border-t pt-2 text-xs">
        <Row label="Read from the provider's cache" value={count(meter.cached_tokens)} />
        <Row label="Spent on reasoning" value={count(meter.reasoning_tokens)} />
        <Row label="Cost of this answer" value={costOf(meter.estimated_cost_usd)} />
      </dl>
      <p className="text-ink-muted text-xs">
        {meter.measured ? "Counted by the provider of " : "Estimated for "}
        {meter.model}.
        {meter.compacted.messages > 0
          ? ` The oldest ${count(meter.compacted.messages)} messages are read in condensed form.`
          : ""}
      </p>
    </>
  );
}

function Row({ label, value, mark }: { label: string; value: string; mark?: string }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="flex min-w-0 flex-1 items-center gap-2 text-ink-muted">
        {mark ? <span aria-hidden className={`size-2 shrink-0 rounded-full ${mark}`} /> : null}
        {label}
      </dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}

const count = (tokens: number) => tokens.toLocaleString("en");

function costOf(usd: number | null): string {
  if (usd === null) return "no price known";
  if (usd === 0) return "$0";
  return usd < 0.0001 ? "under $0.0001" : `$${usd.toFixed(4)}`;
}
