import {
  Check,
  Circle,
  CircleDot,
  CirclePause,
  LoaderCircle,
  type LucideIcon,
  Minus,
  TriangleAlert,
} from "lucide-react";
import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format-duration";
import { Progress } from "@/components/ui/progress";
import { BATCH_STEPS, type BatchStep, type BatchStepId, type InvoiceState } from "@/contract/invoices";
import type { BatchStatus } from "@/lib/invoices/batch-summary";
import { describeProgress } from "./describe-progress";

export const stepNames: Record<BatchStepId, string> = {
  ingest_docs: "Read",
  match_invoices: "Match",
  detect_anomalies: "Find differences",
  draft_emails: "Draft letters",
  review: "Review",
  mark_reconciled: "Mark reconciled",
  send_emails: "Send letters",
};

interface StepLook {
  word: string;
  icon: LucideIcon;
  className: string;
}

const looks: Record<BatchStep["state"], StepLook> = {
  pending: { word: "to come", icon: Circle, className: "text-ink-faint" },
  running: { word: "running", icon: LoaderCircle, className: "animate-spin-slow text-accent" },
  waiting: { word: "waiting for a decision", icon: CircleDot, className: "text-attention" },
  done: { word: "done", icon: Check, className: "text-ok" },
  skipped: { word: "skipped", icon: Minus, className: "text-ink-faint" },
};

/** How the step at work looks when the set is not at work. */
const halted: Partial<Record<BatchStatus, StepLook>> = {
  stopped: { word: "stopped", icon: CirclePause, className: "text-attention" },
  failed: { word: "failed", icon: TriangleAlert, className: "text-failure" },
};

/** The steps of a reconciliation in one line, and below them how far the one at work is. */
export const BatchSteps = memo(function BatchSteps({ state, status }: { state: InvoiceState; status: BatchStatus }) {
  const { progress } = state;
  return (
    <div className="flex flex-col gap-2">
      <ol aria-label="Steps" className="flex flex-wrap gap-x-4 gap-y-1">
        {BATCH_STEPS.map((id) => {
          const step = state.steps[id];
          const { word, icon: Icon, className } = (step.state === "running" && halted[status]) || looks[step.state];
          const quiet = step.state === "pending" || step.state === "skipped";
          return (
            <li
              key={id}
              data-step={id}
              data-state={step.state}
              title={step.note}
              className={cn(
                "flex items-center gap-1.5 text-xs",
                quiet && "text-ink-muted max-sm:hidden",
                step.state === "running" && "font-medium",
              )}
            >
              <Icon aria-hidden className={cn("size-3.5 shrink-0", className)} />
              {stepNames[id]}{" "}
              <span className="sr-only">{step.state === "skipped" && step.note ? `${word}: ${step.note}` : word}</span>
              <span className="text-ink-faint tabular-nums">{formatDuration(step.startedAt, step.endedAt)}</span>
            </li>
          );
        })}
      </ol>
      {progress && status === "running" ? (
        <div className="flex flex-col gap-1">
          <Progress
            value={progress.total > 0 ? progress.current / progress.total : 0}
            label={stepNames[progress.step]}
          />
          <p className="text-ink-muted text-xs tabular-nums">{describeProgress(progress)}</p>
        </div>
      ) : null}
    </div>
  );
});
