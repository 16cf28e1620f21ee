"use client";

import { useEffect } from "react";

const POLL_MS = 2_500;

/** Calls `refresh` again and again while somebody looks at the page: others work on the same things. Off where `wanted` is false. */
export function useKeptFresh(refresh: () => Promise<void>, wanted = true): void {
  useEffect(() => {
    if (!wanted) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const tick = async () => {
      if (document.visibilityState === "visible") await refresh();
      // The next look is counted from the end of this one, so that a slow server is not asked faster than it answers.
      if (!stopped) timer = setTimeout(tick, POLL_MS);
    };
    timer = setTimeout(tick, POLL_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [refresh, wanted]);
}
