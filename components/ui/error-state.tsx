import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface ErrorStateProps {
  /** What happened. */
  title: string;
  /** What is being done about it, or what can be done. */
  children?: ReactNode;
  action?: ReactNode;
  traceId?: string;
  /** `h1` where it is all that a page shows. */
  heading?: "h1" | "h2";
  className?: string;
}

export function ErrorState({ title, children, action, traceId, heading: Heading = "h2", className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("flex max-w-[56ch] flex-col items-start gap-2 px-4 py-8", className)}>
      <TriangleAlert aria-hidden className="mb-1 size-5 text-failure" />
      <Heading className="font-semibold text-base">{title}</Heading>
      {children ? <div className="text-ink-muted text-sm">{children}</div> : null}
      {traceId ? (
        <p className="text-ink-faint text-xs">
          Trace <code className="select-all font-mono">{traceId}</code>
        </p>
      ) : null}
      {action ? <div className="mt-2 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
