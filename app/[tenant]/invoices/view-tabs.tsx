import { cn } from "@/components/ui/cn";
import type { BatchDetails } from "@/lib/invoices/batch-summary";
import type { View } from "./view-params";

interface ViewTabsProps {
  batch: BatchDetails;
  view: View;
  onView(view: View): void;
}

/** The lists of a set. They are places, not panels: each has an address. */
export function ViewTabs({ batch, view, onView }: ViewTabsProps) {
  const open = batch.letters.ready + batch.letters.failed;
  const tabs: [View, string, number][] = [
    ["invoices", "Invoices", batch.invoices],
    ["payments", "Unknown payments", batch.unknownTransactions],
    ["letters", "Letters", open],
    ["files", "Files", batch.refused],
  ];
  return (
    <nav aria-label="Lists" className="flex shrink-0 gap-4 overflow-x-auto border-line border-b px-4">
      {tabs.map(([name, label, count]) => (
        <button
          key={name}
          type="button"
          aria-current={view === name ? "page" : undefined}
          onClick={() => onView(name)}
          className={cn(
            "-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 text-sm focus-visible:-outline-offset-2",
            view === name ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted hover:text-ink",
          )}
        >
          {label}
          {count > 0 ? (
            <span className="text-ink-muted text-xs tabular-nums">
              {count.toLocaleString("en")}
              {name === "files" ? " refused" : ""}
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}
