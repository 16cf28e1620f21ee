import { cn } from "@/components/ui/cn";

/** Up to two letters that stand for a name, or for who an email address belongs to: the company in it stands beside anyway. */
export function lettersOf(name: string): string {
  const words = (name.split("@")[0] ?? "").split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ""}${words[1]?.[0] ?? ""}` : (words[0] ?? name).slice(0, 2);
  return letters.toUpperCase();
}

export function Monogram({ name, round, className }: { name: string; round?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex size-7 shrink-0 items-center justify-center border border-line-strong bg-raised font-semibold text-ink text-xs",
        round ? "rounded-full" : "rounded-md",
        className,
      )}
    >
      {lettersOf(name)}
    </span>
  );
}
