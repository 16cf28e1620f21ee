import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(
        "w-full min-w-0 rounded-md border border-line-strong bg-raised px-2.5 py-2 text-base text-ink leading-normal disabled:opacity-55 aria-invalid:border-failure md:text-sm",
        className,
      )}
      {...props}
    />
  );
}
