"use client";

import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner } from "sonner";

/** Short messages about what was just done, with undo where there is one. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-left"
      // Beside the rail, and on a phone above the bar.
      offset={{ left: 72, bottom: 16 }}
      mobileOffset={{ bottom: 72 }}
      style={{ fontFamily: "inherit" }}
      // A toast that can be undone must stay long enough to be read and reached by keyboard (Alt-T).
      duration={8000}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-ok" />,
        error: <TriangleAlert aria-hidden className="size-4 text-failure" />,
        info: <Info aria-hidden className="size-4 text-ink-muted" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-2 rounded-md border border-line bg-raised px-3 py-2.5 text-sm text-ink shadow-float",
          content: "min-w-0 flex-1",
          description: "text-ink-muted",
          actionButton: "shrink-0 rounded-sm px-2 py-1 font-medium text-accent hover:bg-accent-soft",
        },
      }}
    />
  );
}
