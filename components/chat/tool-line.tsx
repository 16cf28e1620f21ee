"use client";

import { Wrench } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { DisclosureLine } from "./disclosure-line";

interface ToolLineProps {
  name: string;
  status: "inProgress" | "executing" | "complete";
  result?: string;
}

/** Any tool that has no line of its own. */
export function ToolLine({ name, status, result }: ToolLineProps) {
  const words = name.replaceAll("_", " ");
  if (status !== "complete") return <DisclosureLine icon={<Spinner />} label={`Running ${words}…`} />;
  return (
    <DisclosureLine icon={<Wrench aria-hidden />} label={`Ran ${words}`}>
      {result ? (
        <pre className="overflow-x-auto whitespace-pre-wrap break-words font-mono text-ink-muted">
          {result.slice(0, 4_000)}
        </pre>
      ) : undefined}
    </DisclosureLine>
  );
}
