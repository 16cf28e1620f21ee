"use client";

import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AnswerReuse } from "@/contract/answers";
import { useChat } from "./chat-context";
import { useStore } from "./store";

interface ReusedLineProps {
  reuse: AnswerReuse;
  messageId: string;
}

/** Under an answer that was given before: how old it is, and the way to a new one while it is the last thing that happened. */
export function ReusedLine({ reuse: { answeredAt, model }, messageId }: ReusedLineProps) {
  const { session, readOnly } = useChat();
  const last = useStore(session.lastMessageId) === messageId;
  return (
    <div
      data-testid="reused-line"
      className="flex min-h-7 flex-wrap items-center gap-x-1.5 gap-y-1 text-ink-muted text-xs"
    >
      <History aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      <p>
        Answered from an earlier answer of {model}, <RelativeTime at={answeredAt} />. No document has changed since.
      </p>
      {last && !readOnly ? (
        <Button size="sm" variant="ghost" className="-my-1" onClick={() => void session.askAgain()}>
          Ask again
        </Button>
      ) : null}
    </div>
  );
}
