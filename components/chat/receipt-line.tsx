"use client";

import { LifeBuoy } from "lucide-react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RecoveryReceipt } from "@/contract/failures";
import { useChat } from "./chat-context";
import { DisclosureLine } from "./disclosure-line";
import { FailureNotice } from "./failure-notice";
import { actionInPast, failureInPast } from "./failure-words";
import { useStore } from "./store";

interface ReceiptLineProps {
  receipt: RecoveryReceipt;
  messageId: string;
}

const LIMIT_REACHED = "The answer reached its length limit. What you see of it stands.";

/** Under an answer that came in spite of something: what went wrong on the way, what was done, how long it took and what it cost. */
export function ReceiptLine({ receipt, messageId }: ReceiptLineProps) {
  const { session } = useChat();
  const current = useStore(session.latestTurn, (ids) => ids.has(messageId));
  const { steps, tookMs, answeredBy } = receipt;
  const final = steps.at(-1);
  if (!final) return null;
  const cut = final.action === "keep";
  const label = cut ? "Kept as far as it came" : answeredBy ? `Recovered, answered by ${answeredBy}` : "Recovered";
  return (
    <div data-testid="recovery-receipt">
      {cut ? <FailureNotice failure={{ code: "output_truncated", message: LIMIT_REACHED }} current={current} /> : null}
      <DisclosureLine icon={<LifeBuoy aria-hidden />} label={label} {...(tookMs >= 50 && { detail: seconds(tookMs) })}>
        <ol className="flex flex-col gap-1.5">
          {steps.map((step) => (
            <li key={`${step.at} ${step.model}`}>
              <p className="text-ink">{failureInPast[step.class]}.</p>
              <p className="text-ink-muted">
                {step.model}, <RelativeTime at={new Date(step.at)} />. {actionInPast[step.action]}
                {step.tookMs >= 50 ? ` after ${seconds(step.tookMs)}` : ""}.
              </p>
            </li>
          ))}
        </ol>
        <p className="mt-1.5 text-ink-muted">{extraOf(receipt)}</p>
      </DisclosureLine>
    </div>
  );
}

function seconds(ms: number): string {
  return ms < 9_950 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

function extraOf({ extraTokens, extraCostUsd }: RecoveryReceipt): string {
  if (extraTokens === 0) return "It cost nothing extra.";
  const tokens = `${extraTokens.toLocaleString("en")} tokens more`;
  if (extraCostUsd === null) return `It took ${tokens}; their price is not known.`;
  if (extraCostUsd === 0) return `It took ${tokens}, which cost nothing.`;
  return `It took ${tokens}, ${extraCostUsd < 0.01 ? "less than $0.01" : `$${extraCostUsd.toFixed(2)}`}.`;
}
