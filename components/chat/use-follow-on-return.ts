"use client";

import { useEffect } from "react";
import type { ChatSession } from "./chat-session";

/** Longer than a look at another tab takes. */
const LET_GO_MS = 10_000;

/** Leaves the stream when nobody looks at the page, and catches up when somebody does again. */
export function useFollowOnReturn(session: ChatSession): void {
  useEffect(() => {
    let leftAt = Number.POSITIVE_INFINITY;
    let timer: ReturnType<typeof setInterval> | undefined;
    const listener = () => {
      clearInterval(timer);
      if (document.visibilityState === "hidden") {
        leftAt = Date.now();
        timer = setInterval(() => session.letGo(), LET_GO_MS);
        return;
      }
      session.returned(Date.now() - leftAt);
      leftAt = Number.POSITIVE_INFINITY;
    };
    document.addEventListener("visibilitychange", listener);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", listener);
    };
  }, [session]);
}
