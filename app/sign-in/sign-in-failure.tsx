"use client";

import { TriangleAlert } from "lucide-react";
import { useCountdown } from "@/components/ui/use-countdown";

export interface SignInProblem {
  message: string;
  fields?: Record<string, string>;
  /** When the next attempt is allowed, in epoch milliseconds. */
  until?: number;
}

export function SignInFailure({ problem: { message, until } }: { problem: SignInProblem }) {
  const seconds = useCountdown(until ?? 0);
  return (
    <p
      role="alert"
      className="flex items-start gap-2 rounded-md border border-failure bg-failure-soft px-3 py-2 text-failure text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {message}
        {seconds > 0 ? <span className="tabular-nums"> You can try again in {seconds} s.</span> : null}
      </span>
    </p>
  );
}
