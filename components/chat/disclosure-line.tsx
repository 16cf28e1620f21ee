"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";

interface DisclosureLineProps {
  icon: ReactNode;
  label: ReactNode;
  /** After the label, and never cut off. */
  detail?: string;
  /** Without it the line does not open. */
  children?: ReactNode;
}

/** One quiet line in a conversation that opens on a click. */
export function DisclosureLine({ icon, label, detail, children }: DisclosureLineProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const face = (
    <>
      <span className="flex size-4 shrink-0 items-center justify-center text-ink-faint [&_svg]:size-3.5">{icon}</span>
      <span className="min-w-0 truncate">{label}</span>
      {detail ? <span className="shrink-0">{detail}</span> : null}
    </>
  );
  if (!children) return <p className="flex min-h-7 items-center gap-1.5 text-ink-muted text-xs">{face}</p>;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="-mx-1 flex min-h-7 max-w-full items-center gap-1.5 rounded-sm px-1 text-left text-ink-muted text-xs hover:text-ink"
      >
        {face}
        <ChevronRight
          aria-hidden
          className={cn("size-3.5 shrink-0 text-ink-faint transition-transform", open && "rotate-90")}
        />
      </button>
      <div id={id} hidden={!open} className="mt-0.5 mb-2 ml-[7px] border-line border-l pl-3 text-xs">
        {children}
      </div>
    </div>
  );
}
