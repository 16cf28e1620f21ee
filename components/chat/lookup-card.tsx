import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface LookupCardProps {
  icon: ReactNode;
  title: string;
  /** While the other system is being asked. */
  busy?: boolean;
  failed?: boolean;
  children?: ReactNode;
}

/** A look at another system: that it is under way, then what it answered. */
export function LookupCard({ icon, title, busy = false, failed = false, children }: LookupCardProps) {
  return (
    <section
      aria-label={title}
      aria-busy={busy}
      className="my-1 flex flex-col gap-1.5 rounded-md border border-line px-3 py-2 text-ink-muted text-xs"
    >
      <p className={cn("flex items-center gap-1.5 font-medium text-ink", failed && "text-failure")}>
        <span className="flex size-4 shrink-0 items-center justify-center [&_svg]:size-3.5">{icon}</span> {title}
      </p>
      {children}
    </section>
  );
}
