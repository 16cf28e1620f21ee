import { CheckCheck, PencilLine } from "lucide-react";
import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { formatMoney } from "@/contract/money";
import type { InvoiceRow } from "@/lib/invoices/list-invoices";
import { formatConfidence } from "./format-confidence";
import { StatusBadge } from "./status-badge";

interface InvoiceCellsProps {
  invoice: InvoiceRow;
  selected: boolean;
  tabIndex: 0 | -1;
  onOpen(): void;
  onSelect(range: boolean): void;
}

const cell = "border-line border-b px-2";

/** One invoice of the table. The whole line opens it: its number is a button that reaches over the row. */
export const InvoiceCells = memo(
  function InvoiceCells({ invoice, selected, tabIndex, onOpen, onSelect }: InvoiceCellsProps) {
    const { invoiceNumber, supplier, totalMinor, currency, status, confidence, reason } = invoice;
    const amount = formatMoney(totalMinor, currency);
    return (
      <>
        <td className={cn(cell, "relative z-10 pl-4")}>
          <input
            type="checkbox"
            aria-label={`Select ${invoiceNumber} of ${supplier}`}
            checked={selected}
            tabIndex={tabIndex}
            onChange={(event) => onSelect((event.nativeEvent as MouseEvent).shiftKey === true)}
            className="size-4 align-middle accent-[var(--fd-accent)]"
          />
        </td>
        <th scope="row" className={cn(cell, "overflow-hidden font-normal")}>
          <button
            type="button"
            data-row-control
            tabIndex={tabIndex}
            onClick={onOpen}
            className="block max-w-full truncate font-mono text-xs after:absolute after:inset-0 after:content-['']"
          >
            {invoiceNumber}
          </button>
          <span className="block truncate text-ink-muted text-xs @xl:hidden">{supplier}</span>
        </th>
        <td className={cn(cell, "hidden truncate @xl:table-cell")} title={supplier}>
          {supplier}
        </td>
        <td className={cn(cell, "overflow-hidden text-right tabular-nums")}>
          <span className="block truncate">{amount}</span>
          <span className="flex items-center justify-end gap-1.5 @xl:hidden">
            <Marks invoice={invoice} />
            {status ? <StatusBadge status={status} /> : null}
          </span>
        </td>
        <td className={cn(cell, "hidden overflow-hidden @xl:table-cell")}>
          <span className="flex items-center gap-1.5">
            {status ? <StatusBadge status={status} /> : <span className="text-ink-muted text-xs">not looked at</span>}
            <Marks invoice={invoice} />
          </span>
        </td>
        <td className={cn(cell, "hidden text-ink-muted tabular-nums @3xl:table-cell")}>
          {confidence === null ? "" : formatConfidence(confidence)}
        </td>
        <td className={cn(cell, "hidden truncate text-ink-muted @4xl:table-cell")} title={reason}>
          {reason}
        </td>
      </>
    );
  },
  (was, is) => was.invoice === is.invoice && was.selected === is.selected && was.tabIndex === is.tabIndex,
);

/** What people did with it. */
function Marks({ invoice: { editedBy, reconciledAt } }: Pick<InvoiceCellsProps, "invoice">) {
  return (
    <>
      {editedBy ? (
        <PencilLine role="img" aria-label="matched by hand" className="size-3.5 shrink-0 text-ink-muted" />
      ) : null}
      {reconciledAt ? <CheckCheck role="img" aria-label="reconciled" className="size-3.5 shrink-0 text-ok" /> : null}
    </>
  );
}
