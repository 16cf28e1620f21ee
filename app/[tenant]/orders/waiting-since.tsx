"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "@/components/ui/format-duration";

const TICK_MS = 1_000;

/** "waiting 4 min", growing. It depends on the reader's clock, so the server says nothing. */
export function WaitingSince({ at }: { at: string }) {
  const [now, setNow] = useState<string | null>(null);
  useEffect(() => {
    const update = () => setNow(new Date().toISOString());
    update();
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <time dateTime={at}>waiting {now ? formatDuration(at, now) : ""}</time>;
}
