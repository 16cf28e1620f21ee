"use client";

import { useChat } from "./chat-context";
import { RunNoticeBox } from "./run-notice-box";
import { useStore } from "./store";

/** How the latest answer ended, when it did not simply end; announced to screen readers. */
export function RunNoticeLine() {
  const notice = useStore(useChat().session.notice);
  return <div role="status">{notice ? <RunNoticeBox notice={notice} /> : null}</div>;
}
