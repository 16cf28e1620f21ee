"use client";

import { CirclePause, CircleStop } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RunEndedContent } from "@/lib/runs/run-ending";
import { useChat } from "./chat-context";
import { FailureNotice } from "./failure-notice";
import { NoticeBox } from "./notice-box";
import { useStore } from "./store";

const looks = {
  stopped: { icon: CircleStop, tone: "neutral", again: "Answer again" },
  interrupted: { icon: CirclePause, tone: "attention", again: "Continue" },
} as const;

interface RunEndedLineProps {
  ending: RunEndedContent;
  messageId: string;
}

/** Where an answer ended before its end: why, and the way on while it is the last thing that happened. */
export function RunEndedLine({ ending, messageId }: RunEndedLineProps) {
  const { session, readOnly } = useChat();
  const last = useStore(session.lastMessageId) === messageId;
  const { reason, message } = ending;
  if (reason === "failed") return <FailureNotice failure={ending} current={last} />;
  const { icon, tone, again } = looks[reason];
  return (
    <NoticeBox
      icon={icon}
      tone={tone}
      action={
        last && !readOnly ? (
          <Button size="sm" onClick={() => void session.retry()}>
            {again}
          </Button>
        ) : null
      }
    >
      {/\p{P}$/u.test(message) ? message : `${message}.`}
    </NoticeBox>
  );
}
