"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import type { InvoiceSort } from "@/lib/invoices/invoice-filter";
import type { InvoiceRow } from "@/lib/invoices/list-invoices";
import { InvoiceCells } from "./invoice-cells";
import { type RowPages, rowAt } from "./row-pages";
import { type Selection, selectRange, toggleRow } from "./selection";
import { useCompact } from "./use-compact";
import { VirtualTable } from "./virtual-table";

export interface InvoiceTableProps {
  list: RowPages<InvoiceRow>;
  pending: boolean;
  onLook(first: number, last: number): void;
  selection: Selection;
  onSelection(change: (was: Selection) => Selection): void;
  /** Everything that the filter finds, or nothing. */
  onSelectAll(all: boolean): void;
  current: number | null;
  onOpen(row: number): void;
  active: number;
  onActive(index: number): void;
  sort: InvoiceSort;
  descending: boolean;
  onSort(sort: InvoiceSort, descending: boolean): void;
}

const ROW_PX = 36;
const COMPACT_ROW_PX = 58;

/** The review table: one line an invoice, as many as there are. */
export const InvoiceTable = memo(function InvoiceTable(props: InvoiceTableProps) {
  const { list, selection, onSelection, current, onOpen, active, onActive } = props;
  const box = useRef<HTMLDivElement>(null);
  const compact = useCompact(box);
  // The cells keep their handlers while their invoice stays the same, so these look at what is known by then.
  const latest = useRef(list);
  latest.current = list;
  const rowNumberAt = (index: number) => rowAt(latest.current, index)?.row;

  const choose = (index: number, range: boolean) => {
    const row = rowNumberAt(index);
    if (row === undefined) return;
    onActive(index);
    onSelection((was) => (range ? selectRange(was, index, rowNumberAt) : toggleRow(was, row, index)));
  };
  const onKey = (event: KeyboardEvent, index: number): boolean => {
    // A checkbox takes the space bar itself.
    const onControl = (event.target as HTMLElement).hasAttribute("data-row-control");
    if (event.key === "x" || (event.key === " " && onControl)) {
      choose(index, false);
      return true;
    }
    if (!event.shiftKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return false;
    const to = Math.max(0, Math.min(list.total - 1, index + (event.key === "ArrowDown" ? 1 : -1)));
    onSelection((was) => selectRange({ ...was, anchor: was.anchor ?? index }, to, rowNumberAt));
    return true;
  };
  const some = selection.rows.size > 0;
  const all = some && selection.rows.size >= list.total;

  return (
    <div ref={box} className="@container flex min-h-0 flex-1 flex-col">
      <VirtualTable
        label="Invoices"
        count={list.total}
        rowPx={compact ? COMPACT_ROW_PX : ROW_PX}
        pending={props.pending}
        active={active}
        onActive={onActive}
        onKey={onKey}
        onLook={props.onLook}
        current={(index) => current !== null && rowNumberAt(index) === current}
        rowClass={(index) => {
          const row = rowNumberAt(index);
          if (row !== undefined && (row === current || selection.rows.has(row))) return "bg-accent-soft";
          return "hover:bg-canvas";
        }}
        colgroup={
          <colgroup>
            <col className="w-11" />
            <col className="@xl:w-32" />
            <col className="hidden @xl:table-column" />
            <col className="w-36 @xl:w-34" />
            <col className="hidden w-44 @xl:table-column" />
            <col className="hidden w-22 @3xl:table-column" />
            <col className="hidden w-[19%] @4xl:table-column @6xl:w-[36%]" />
          </colgroup>
        }
        head={
          <tr>
            <th scope="col" className={cn(headClass, "pl-4")}>
              <input
                type="checkbox"
                aria-label="Select all invoices that are listed"
                checked={all}
                ref={(element) => {
                  if (element) element.indeterminate = some && !all;
                }}
                onChange={() => props.onSelectAll(!all)}
                className="size-4 align-middle accent-[var(--fd-accent)]"
              />
            </th>
            <SortHead {...props} name="row">
              Invoice
            </SortHead>
            <SortHead {...props} name="supplier" className="hidden @xl:table-cell">
              Supplier
            </SortHead>
            <SortHead {...props} name="amount" className="text-right">
              Amount
            </SortHead>
            <th scope="col" className={cn(headClass, "hidden @xl:table-cell")}>
              Status
            </th>
            <SortHead {...props} name="confidence" className="hidden @3xl:table-cell">
              Confidence
            </SortHead>
            <th scope="col" className={cn(headClass, "hidden @4xl:table-cell")}>
              Evidence
            </th>
          </tr>
        }
        cells={(index, context) => {
          const invoice = rowAt(list, index);
          if (!invoice) return <PendingCells />;
          return (
            <InvoiceCells
              invoice={invoice}
              selected={selection.rows.has(invoice.row)}
              tabIndex={context.tabIndex}
              onOpen={() => {
                onActive(index);
                onOpen(invoice.row);
              }}
              onSelect={(range) => choose(index, range)}
            />
          );
        }}
      />
    </div>
  );
});

const headClass = "h-8 border-line border-b px-2 font-medium";

interface SortHeadProps extends Pick<InvoiceTableProps, "sort" | "descending" | "onSort"> {
  name: InvoiceSort;
  className?: string;
  children: ReactNode;
}

function SortHead({ name, sort, descending, onSort, className, children }: SortHeadProps) {
  const sorted = sort === name;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted ? (descending ? "descending" : "ascending") : "none"}
      className={cn(headClass, className)}
    >
      <button
        type="button"
        className="inline-flex items-center gap-1 hover:text-ink"
        onClick={() => onSort(name, sorted ? !descending : false)}
      >
        {children}
        {sorted ? <Arrow aria-hidden className="size-3" /> : null}
      </button>
    </th>
  );
}

/** A line that is on its way: of the same size, and silent. */
function PendingCells() {
  return (
    <>
      <td className="border-line border-b" />
      <td className="border-line border-b px-2">
        <Skeleton className="h-3.5 w-24" />
      </td>
      <td className="hidden border-line border-b px-2 @xl:table-cell">
        <Skeleton className="h-3.5 w-3/5" />
      </td>
      <td className="border-line border-b px-2">
        <Skeleton className="ml-auto h-3.5 w-20" />
      </td>
    </>
  );
}
