import { FileSpreadsheet, FileUp, Sparkles } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

interface EmptyBooksProps {
  tenantName: string;
  busy: boolean;
  onUpload(): void;
  onUseBooks(): void;
}

/** Nothing here yet: what the page does, and the two ways to begin. */
export function EmptyBooks({ tenantName, busy, onUpload, onUseBooks }: EmptyBooksProps) {
  return (
    <EmptyState
      icon={FileSpreadsheet}
      title="No books to reconcile yet"
      action={
        <>
          <Button variant="primary" className="max-w-full" disabled={busy} onClick={onUseBooks}>
            <Sparkles aria-hidden /> <span className="truncate">Use the books of {tenantName}</span>
          </Button>
          <Button disabled={busy} onClick={onUpload}>
            <FileUp aria-hidden /> Upload files
          </Button>
        </>
      }
    >
      <p>
        Invoices are held against the orders they bill and the payments of the bank statement. Each gets a status with
        its reasons; what does not fit becomes a letter to the supplier. Nothing is marked or sent before you approve
        it.
      </p>
      <p className="mt-2">
        It takes three files: purchase orders, invoices, and a bank statement as CSV, CAMT.053 or OFX.
      </p>
    </EmptyState>
  );
}
