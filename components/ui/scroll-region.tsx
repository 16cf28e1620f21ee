import type { ReactNode } from "react";
import { cn } from "./cn";

interface ScrollRegionProps {
  /** What is in it, for those who do not see it. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A box that scrolls by itself; the keyboard can reach it, or its end could not be read without a pointer. */
export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form.
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be focusable (WCAG 2.1.1).
      tabIndex={0}
      className={cn("overflow-auto focus-visible:-outline-offset-2", className)}
    >
      {children}
    </div>
  );
}
