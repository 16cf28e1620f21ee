"use client";

import { CloudOff } from "lucide-react";
import { useCountdown } from "@/components/ui/use-countdown";
import type { ProviderStatus } from "@/contract/failures";
import { useChat } from "./chat-context";
import { useStore } from "./store";

/** While a model is left alone because it kept failing: which, which one answers instead, and when it is tried again. */
export function ProviderStatusLine() {
  const status = useStore(useChat().session.recovery.status);
  return <div role="status">{status?.resting[0] ? <Resting status={status} resting={status.resting[0]} /> : null}</div>;
}

function Resting({ status, resting }: { status: ProviderStatus; resting: ProviderStatus["resting"][number] }) {
  const seconds = useCountdown(resting.until);
  if (seconds === 0) return null;
  return (
    <p
      data-testid="provider-status"
      className="flex items-start gap-2 border-line border-t bg-attention-soft px-4 py-1.5 text-attention text-xs"
    >
      <CloudOff aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        {resting.model} keeps failing and is left alone.{" "}
        {status.answering ? `${status.answering} answers. ` : "No other model is there. "}
        <span aria-hidden className="whitespace-nowrap tabular-nums">
          Tried again in {seconds} s.
        </span>
      </span>
    </p>
  );
}
