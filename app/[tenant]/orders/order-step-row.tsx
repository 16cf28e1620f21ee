"use client";

import {
  Check,
  ChevronRight,
  Circle,
  CircleDot,
  LoaderCircle,
  type LucideIcon,
  Minus,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import { memo, type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format-duration";
import { asSentence } from "@/contract/as-sentence";
import type { OrderStep, OrderStepId } from "@/contract/orders";
import { StepEntries } from "./step-entries";
import { stepLabels } from "./step-labels";
import { WaitingSince } from "./waiting-since";

interface OrderStepRowProps {
  id: OrderStepId;
  step: OrderStep;
  /** The page is about this order already: a note need not begin with it. */
  orderId: string;
  currency: string;
  /** What a person has to do here. */
  children: ReactNode;
}

const looks: Record<OrderStep["state"], { word: string; icon: LucideIcon; className: string }> = {
  pending: { word: "to come", icon: Circle, className: "text-ink-faint" },
  running: { word: "running", icon: LoaderCircle, className: "animate-spin-slow text-accent" },
  waiting: { word: "waiting for a decision", icon: CircleDot, className: "text-attention" },
  done: { word: "done", icon: Check, className: "text-ok" },
  failed: { word: "failed", icon: TriangleAlert, className: "text-failure" },
  skipped: { word: "skipped", icon: Minus, className: "text-ink-faint" },
  compensated: { word: "undone", icon: Undo2, className: "text-ink-muted" },
};

/** One step: its state in icon and word, how long it took, and on demand what was done outside. A failed one opens by itself. */
export const OrderStepRow = memo(function OrderStepRow({ id, step, orderId, currency, children }: OrderStepRowProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const panel = useId();
  const { word, icon: Icon, className } = looks[step.state];
  const hasDetail = step.entries.length > 0 || step.decidedBy !== null || step.attempts > 1;
  const open = hasDetail && (chosen ?? step.state === "failed");
  const quiet = step.state === "pending" || step.state === "skipped";
  return (
    <li className="border-line border-b py-2" data-step={id} data-state={step.state}>
      <div className="flex min-h-6 items-start gap-3">
        <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", className)} />
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-0.5">
          <span
            className={cn(
              "font-medium",
              quiet && "font-normal text-ink-muted",
              step.state === "compensated" && "text-ink-muted line-through",
            )}
          >
            {stepLabels[id]}
          </span>
          <span className="sr-only">{word}</span>
          {step.note ? (
            <span className={cn("min-w-0 text-ink-muted text-sm", step.state === "failed" && "text-failure")}>
              {asSentence(step.note, orderId)}
            </span>
          ) : null}
        </div>
        <span className="shrink-0 text-ink-faint text-xs tabular-nums">
          {step.state === "waiting" && step.startedAt ? (
            <WaitingSince at={step.startedAt} />
          ) : (
            formatDuration(step.startedAt, step.endedAt)
          )}
        </span>
        {hasDetail ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={panel}
            aria-label={`Details of ${stepLabels[id]}`}
            onClick={() => setChosen(!open)}
            className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-muted hover:bg-sunken"
          >
            <ChevronRight aria-hidden className={cn("size-4 transition-transform", open && "rotate-90")} />
          </button>
        ) : (
          <span className="w-6 shrink-0" />
        )}
      </div>
      {open ? (
        <div id={panel} className="mt-2 ml-7">
          <StepEntries step={step} currency={currency} />
        </div>
      ) : null}
      {children ? <div className="mt-3 mb-2 ml-7">{children}</div> : null}
    </li>
  );
});
