"use client";

import { useChat } from "./chat-context";
import { FailureActionButton } from "./failure-action-button";
import { failureActions } from "./failure-actions";
import { failureIcon } from "./failure-icons";
import { failureTitle } from "./failure-words";
import { NoticeBox } from "./notice-box";

export interface ShownFailure {
  code: string;
  /** In our own words. */
  message: string;
  /** Epoch milliseconds when asking again makes sense. */
  retryAt?: number | undefined;
  traceId?: string | undefined;
}

interface FailureNoticeProps {
  failure: ShownFailure;
  /** False once the conversation went on: there is nothing left to do about it. */
  current: boolean;
}

/** Somebody has to act, or only to wait: the one is marked as a failure, the other asks for attention. */
const WAITING = ["rate_limit", "rate_limited", "timeout", "network", "stream_truncated", "output_truncated"];

/** An answer that did not come: what happened, and what somebody can do about it. */
export function FailureNotice({ failure, current }: FailureNoticeProps) {
  const { readOnly } = useChat();
  const { code, message } = failure;
  const title = Object.hasOwn(failureTitle, code) ? failureTitle[code as keyof typeof failureTitle] : undefined;
  const offered = current && !readOnly ? failureActions(code) : [];
  return (
    <NoticeBox
      icon={failureIcon(code)}
      tone={WAITING.includes(code) ? "attention" : "failure"}
      {...(title !== undefined && { title })}
      actions={
        offered.length > 0
          ? offered.map((action, n) => (
              <FailureActionButton key={action} action={action} failure={failure} foremost={n === 0} />
            ))
          : null
      }
    >
      <p>{/\p{P}$/u.test(message) ? message : `${message}.`}</p>
    </NoticeBox>
  );
}
