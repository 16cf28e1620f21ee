import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface EmptyStateProps {
  icon?: LucideIcon;
  title: string;
  /** What the place is for. */
  children?: ReactNode;
  /** The first step. */
  action?: ReactNode;
  /** `h1` where it is all that a page shows. */
  heading?: "h1" | "h2";
  className?: string;
}

export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
  heading: Heading = "h2",
  className,
}: EmptyStateProps) {
  return (
    <div className={cn("flex max-w-[56ch] flex-col items-start gap-2 px-4 py-8", className)}>
      {Icon ? <Icon aria-hidden className="mb-1 size-5 text-ink-faint" /> : null}
      <Heading className="font-semibold text-base">{title}</Heading>
      {children ? <div className="text-ink-muted text-sm">{children}</div> : null}
      {action ? <div className="mt-2 flex max-w-full flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
