import { CheckCheck, X } from "lucide-react";
import { Button } from "@/components/ui/button";

interface BulkBarProps {
  count: number;
  /** Why they cannot be approved now; null when they can. */
  locked: string | null;
  busy: boolean;
  onApprove(): void;
  onClear(): void;
}

/** What can be done with the invoices that are chosen. */
export function BulkBar({ count, locked, busy, onApprove, onClear }: BulkBarProps) {
  if (count === 0) return null;
  return (
    <section
      aria-label="Chosen invoices"
      className="flex shrink-0 flex-wrap items-center gap-2 border-line border-t bg-raised px-4 py-2 max-lg:pr-24"
    >
      <span role="status" className="text-sm tabular-nums">
        {count.toLocaleString("en")} chosen
      </span>
      <Button variant="primary" disabled={busy || locked !== null} onClick={onApprove}>
        <CheckCheck aria-hidden /> Mark reconciled
      </Button>
      <Button variant="ghost" className="max-sm:w-8 max-sm:px-0" onClick={onClear}>
        <X aria-hidden /> <span className="max-sm:sr-only">Clear</span>
      </Button>
      {locked ? <span className="text-ink-muted text-xs">{locked}</span> : null}
    </section>
  );
}
