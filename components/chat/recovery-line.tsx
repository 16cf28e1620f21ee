"use client";

import { useCountdown } from "@/components/ui/use-countdown";
import type { RecoveryNotice } from "@/contract/failures";
import { useChat } from "./chat-context";
import { failureIcon } from "./failure-icons";
import { useStore } from "./store";

/** What is being done about a failure while the answer is on its way. The place is always there, so that what comes into it is announced. */
export function RecoveryLine() {
  const { recovery } = useChat().session;
  const notice = useStore(recovery.notice);
  const announcement = useStore(recovery.announcement);
  return (
    <div role="status" data-testid="recovery-line">
      {notice ? <Recovering notice={notice} /> : null}
      <p className="sr-only">{announcement}</p>
    </div>
  );
}

function Recovering({ notice }: { notice: RecoveryNotice }) {
  if (notice.state === "answering")
    return <p className="py-1 text-ink-muted text-xs">Answering with {notice.model}.</p>;
  const Icon = failureIcon(notice.class);
  const { message, position, until, model } = notice;
  return (
    <div className="my-2 flex items-start gap-2 border-attention border-l-2 py-0.5 pl-2.5 text-ink-muted text-xs leading-5">
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-attention" />
      <p className="min-w-0 flex-1">
        {message}
        {model === undefined ? null : ` Answering with ${model}.`}
        {position !== undefined && position > 1 ? ` ${position - 1} before you.` : null}
        {until === undefined ? null : <Countdown until={until} />}
      </p>
    </div>
  );
}

/** Seen ticking; not heard, or a screen reader would count along. */
function Countdown({ until }: { until: number }) {
  const seconds = useCountdown(until);
  return (
    <span aria-hidden className="ml-1 whitespace-nowrap font-medium text-ink tabular-nums">
      {seconds > 0 ? `${seconds} s` : "any moment"}
    </span>
  );
}
