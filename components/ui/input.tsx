import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "h-8 w-full min-w-0 rounded-md border border-line-strong bg-raised px-2.5 text-base text-ink placeholder:text-ink-faint disabled:opacity-55 aria-invalid:border-failure md:text-sm",
        className,
      )}
      {...props}
    />
  );
}
