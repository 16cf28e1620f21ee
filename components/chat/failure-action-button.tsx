"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useCountdown } from "@/components/ui/use-countdown";
import { useChat } from "./chat-context";
import type { FailureAction } from "./failure-actions";
import type { ShownFailure } from "./failure-notice";
import { useStore } from "./store";

interface FailureActionButtonProps {
  action: FailureAction;
  failure: ShownFailure;
  foremost: boolean;
}

const LABELS: Record<Exclude<FailureAction, "retry" | "copy_details">, string> = {
  edit: "Edit the question",
  shorten: "Shorten the question",
  continue: "Continue",
  new_conversation: "New conversation",
};

export function FailureActionButton({ action, failure, foremost }: FailureActionButtonProps) {
  const { session, leave } = useChat();
  if (action === "retry") return <RetryButton retryAt={failure.retryAt} />;
  if (action === "copy_details") return <CopyDetailsButton failure={failure} />;
  const act = { edit: session.edit, shorten: session.edit, continue: session.goOnAnswering, new_conversation: leave };
  return (
    <Button size="sm" variant={foremost ? "secondary" : "ghost"} onClick={() => act[action].call(session)}>
      {LABELS[action]}
    </Button>
  );
}

function RetryButton({ retryAt = 0 }: { retryAt: number | undefined }) {
  const { session } = useChat();
  const draft = useStore(session.draft);
  const seconds = useCountdown(retryAt);
  // A question that was refused is back in the box; one that failed later stands in the conversation.
  const again = () => void (session.refused && draft.trim() ? session.send(draft) : session.retry());
  return (
    <Button size="sm" disabled={seconds > 0} onClick={again} className="tabular-nums">
      {seconds > 0 ? `Try again in ${durationOf(seconds)}` : "Try again"}
    </Button>
  );
}

function durationOf(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function CopyDetailsButton({ failure }: { failure: ShownFailure }) {
  const { session } = useChat();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const { code, message, traceId } = failure;
    const lines = [
      `What: ${code}`,
      message,
      traceId && `Trace: ${traceId}`,
      `Conversation: ${session.thread ?? "new"}`,
    ];
    await navigator.clipboard.writeText(lines.filter(Boolean).join("\n"));
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button size="sm" variant="ghost" onClick={copy}>
      {copied ? "Copied" : "Copy details"}
    </Button>
  );
}
