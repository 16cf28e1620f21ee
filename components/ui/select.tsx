import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The browser's own select: it works with every keyboard, screen reader and phone. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <select
      className={cn(
        "h-8 min-w-0 rounded-md border border-line-strong bg-raised px-2 text-base text-ink disabled:opacity-55 aria-invalid:border-failure md:text-sm",
        className,
      )}
      {...props}
    />
  );
}
