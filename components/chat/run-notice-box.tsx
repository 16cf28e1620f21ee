"use client";

import { CirclePause, CircleStop, Hourglass, LogIn, MessageSquareOff } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { paths } from "@/lib/paths";
import { useChat } from "./chat-context";
import { FailureNotice } from "./failure-notice";
import { NoticeBox } from "./notice-box";
import type { RunNotice } from "./run-notice";

/** What happened, and what can be done about it. */
export function RunNoticeBox({ notice }: { notice: RunNotice }) {
  const { session, readOnly, leave } = useChat();
  const again = (label: string) =>
    readOnly ? null : (
      <Button size="sm" onClick={() => void session.retry()}>
        {label}
      </Button>
    );
  switch (notice.kind) {
    case "stopped":
      return <NoticeBox icon={CircleStop}>Stopped by you.</NoticeBox>;
    case "interrupted":
      return (
        <NoticeBox icon={CirclePause} tone="attention" action={again("Continue")}>
          The answer was interrupted by a restart. What you see is kept.
        </NoticeBox>
      );
    case "busy":
      return (
        <NoticeBox icon={Hourglass} tone="attention">
          This conversation is still answering, here or in another tab. Your question is back in the box.
        </NoticeBox>
      );
    case "gone":
      return (
        <NoticeBox
          icon={MessageSquareOff}
          action={
            <Button size="sm" onClick={leave}>
              New conversation
            </Button>
          }
        >
          This conversation does not exist, or you cannot see it.
        </NoticeBox>
      );
    case "deleted":
      return (
        <NoticeBox
          icon={MessageSquareOff}
          tone="attention"
          action={
            <Button size="sm" onClick={leave}>
              New conversation
            </Button>
          }
        >
          This conversation was deleted, perhaps in another tab or on another device. What you see is no longer kept.
        </NoticeBox>
      );
    case "signed_out":
      return (
        <NoticeBox
          icon={LogIn}
          tone="attention"
          action={
            <Button size="sm" asChild>
              <Link href={paths.signIn(`${window.location.pathname}${window.location.search}`)}>Sign in</Link>
            </Button>
          }
        >
          Your session ended. Your question is kept in the box.
        </NoticeBox>
      );
    case "failed":
      return <FailureNotice failure={notice} current />;
  }
}
