"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import type { BatchDetails } from "@/lib/invoices/batch-summary";
import type { InvoiceRow } from "@/lib/invoices/list-invoices";
import { listInvoiceRowNumbers, listInvoices } from "./actions";
import { approvalLock } from "./approval-lock";
import { BulkBar } from "./bulk-bar";
import { FilterBar } from "./filter-bar";
import { InvoiceTable } from "./invoice-table";
import type { BatchQuestion } from "./queries";
import { NOTHING_SELECTED, type Selection } from "./selection";
import { StatusStrip } from "./status-strip";
import { stripTotals } from "./status-totals";
import type { Marking } from "./use-marking";
import { useRowPages } from "./use-row-pages";
import type { InvoiceView } from "./view-params";

interface InvoicesViewProps {
  tenant: string;
  batch: BatchDetails;
  question: BatchQuestion | null;
  view: InvoiceView;
  onView(part: Partial<InvoiceView>, how?: "push" | "replace"): void;
  version: string;
  marking: Marking;
}

/** The review table with its totals, filters and what can be done with many at once. */
export function InvoicesView({ tenant, batch, question, view, onView, version, marking }: InvoicesViewProps) {
  const { statuses, show, q, sort, descending } = view;
  const filter = useMemo(() => ({ statuses: [...statuses], show, q }), [statuses, show, q]);
  const key = JSON.stringify([batch.id, filter, sort, descending]);
  const fetchPage = useCallback(
    (offset: number, limit: number) =>
      listInvoices(tenant, { batchId: batch.id, ...filter, sort, descending, offset, limit }),
    [tenant, batch.id, filter, sort, descending],
  );
  const { list, failure, pending, look, retry } = useRowPages<InvoiceRow>(key, version, fetchPage, batch.invoices);
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const [active, setActive] = useState(0);
  const searchBox = useRef<HTMLInputElement>(null);
  const totals = useMemo(() => stripTotals(batch.totals), [batch.totals]);
  const locked = approvalLock(batch, question);
  const clear = useCallback(() => setSelection(NOTHING_SELECTED), []);

  useShortcut({ key: "f" }, () => searchBox.current?.focus());
  useShortcut({ key: "escape" }, () => {
    if (view.invoice !== null || view.review) onView({ invoice: null, review: false });
    else clear();
  });
  useShortcut({ key: "a" }, () => {
    if (locked !== null || marking.busy) return;
    if (selection.rows.size > 0) void approve();
    else if (view.invoice !== null) void marking.mark([view.invoice]);
  });

  const refilter = (part: Partial<InvoiceView>) => {
    setActive(0);
    // What is out of sight must not be approved along with what is seen; sorting hides nothing.
    if (!("sort" in part)) clear();
    onView(part);
  };
  const selectAll = async (all: boolean) => {
    if (!all) return clear();
    const result = await listInvoiceRowNumbers(tenant, { batchId: batch.id, ...filter }).catch(() => null);
    if (result?.ok) setSelection({ rows: new Set(result.data), anchor: null });
    else toast.error(result?.message ?? "They could not be chosen. Check your connection.");
  };
  const approve = async () => {
    if (await marking.mark([...selection.rows])) clear();
  };
  const openInvoice = useCallback(
    (row: number) => onView({ invoice: row, letter: null, review: false }, "push"),
    [onView],
  );
  const filtered = statuses.length > 0 || show !== "all" || q !== "";

  return (
    <>
      {totals.length > 0 ? (
        <StatusStrip totals={totals} chosen={statuses} onChoose={(chosen) => refilter({ statuses: chosen })} />
      ) : null}
      <div className="flex shrink-0 items-center gap-2 border-line border-b px-4 py-2">
        <FilterBar filter={filter} searchBox={searchBox} onFilter={refilter} />
        <p role="status" className="ml-auto shrink-0 text-ink-muted text-xs tabular-nums max-sm:sr-only">
          {list.total.toLocaleString("en")} {list.total === 1 ? "invoice" : "invoices"}
        </p>
      </div>
      {failure ? (
        <ErrorState title="The invoices could not be loaded" action={<Button onClick={retry}>Try again</Button>}>
          {failure}
        </ErrorState>
      ) : !pending && list.total === 0 ? (
        <EmptyState
          title={filtered ? "No invoice fits this filter" : "This set has no invoices"}
          action={
            filtered ? (
              <Button onClick={() => refilter({ statuses: [], show: "all", q: "" })}>Show all invoices</Button>
            ) : undefined
          }
        />
      ) : (
        <InvoiceTable
          list={list}
          pending={pending}
          onLook={look}
          selection={selection}
          onSelection={setSelection}
          onSelectAll={(all) => void selectAll(all)}
          current={view.invoice}
          onOpen={openInvoice}
          active={active}
          onActive={setActive}
          sort={sort}
          descending={descending}
          onSort={(by, down) => refilter({ sort: by, descending: down })}
        />
      )}
      <BulkBar
        count={selection.rows.size}
        locked={locked}
        busy={marking.busy}
        onApprove={() => void approve()}
        onClear={clear}
      />
    </>
  );
}
