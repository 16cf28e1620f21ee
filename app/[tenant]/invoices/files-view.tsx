import { BookCopy, FileUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { BatchDetails } from "@/lib/invoices/batch-summary";
import { RefusedRows } from "./refused-rows";

interface FilesViewProps {
  tenant: string;
  tenantName: string;
  batch: BatchDetails;
  busy: boolean;
  onUpload(): void;
  /** Begins a new set with what the tenant's own books have. */
  onUseBooks(): void;
}

/** What came in with a set, and what of it could not be read. */
export function FilesView({ tenant, tenantName, batch, busy, onUpload, onUseBooks }: FilesViewProps) {
  const counts = [
    ["Orders", batch.orders],
    ["Lines of orders", batch.orderLines],
    ["Invoices", batch.invoices],
    ["Payments", batch.transactions],
    ["Refused rows", batch.refused],
  ] as const;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 pt-4 pb-20">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {counts.map(([name, count]) => (
          <div key={name} className="flex flex-col">
            <dt className="text-ink-muted text-xs">{name}</dt>
            <dd className="font-semibold tabular-nums">{count.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-muted text-sm">
        {batch.source === "upload" ? "Uploaded" : "Taken from the books"} <RelativeTime at={batch.createdAt} />
      </p>
      <RefusedRows tenant={tenant} batchId={batch.id} count={batch.refused} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onUpload}>
          <FileUp aria-hidden /> Upload another set
        </Button>
        <Button disabled={busy} onClick={onUseBooks}>
          <BookCopy aria-hidden /> New set from the books of {tenantName}
        </Button>
      </div>
    </div>
  );
}
