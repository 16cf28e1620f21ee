import { cn } from "./cn";

/** A grey stand-in of the size that the content will have. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse-soft rounded-sm bg-sunken", className)} />;
}
