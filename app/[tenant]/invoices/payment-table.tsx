"use client";

import { memo, useCallback, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { formatMoney } from "@/contract/money";
import type { TransactionRow } from "@/lib/invoices/list-transactions";
import { listTransactions } from "./actions";
import { rowAt } from "./row-pages";
import { useCompact } from "./use-compact";
import { useRowPages } from "./use-row-pages";
import { VirtualTable } from "./virtual-table";

interface PaymentTableProps {
  tenant: string;
  batchId: string;
  q: string;
  version: string;
}

const cell = "border-line border-b px-2";
const headClass = "h-8 border-line border-b px-2 font-medium";

/** The lines of the statement that pay none of the invoices: each input row has its place, these have it here. */
export function PaymentTable({ tenant, batchId, q, version }: PaymentTableProps) {
  const fetchPage = useCallback(
    (offset: number, limit: number) =>
      listTransactions(tenant, { batchId, status: "unknown_transaction", q, offset, limit }),
    [tenant, batchId, q],
  );
  const { list, failure, pending, look, retry } = useRowPages<TransactionRow>(`${batchId} ${q}`, version, fetchPage, 0);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const compact = useCompact(box);
  if (failure && list.pages.size === 0) {
    return (
      <ErrorState title="The payments could not be loaded" action={<Button onClick={retry}>Try again</Button>}>
        {failure}
      </ErrorState>
    );
  }
  if (!pending && list.total === 0) {
    return (
      <EmptyState title={q ? `No unknown payment matches “${q}”` : "Every payment belongs to an invoice"}>
        Lines of the statement that pay none of the invoices show here, so that nothing that was read gets lost.
      </EmptyState>
    );
  }
  return (
    <div ref={box} className="@container flex min-h-0 flex-1 flex-col">
      <VirtualTable
        label="Unknown payments"
        count={list.total}
        rowPx={compact ? 58 : 36}
        readOnly
        pending={pending}
        active={active}
        onActive={setActive}
        onLook={look}
        current={() => false}
        rowClass={() => "hover:bg-canvas"}
        colgroup={
          <colgroup>
            <col className="w-28" />
            <col className="hidden w-28 @xl:table-column" />
            <col />
            <col className="hidden w-[34%] @3xl:table-column" />
            <col className="w-36" />
          </colgroup>
        }
        head={
          <tr>
            <th scope="col" className={cn(headClass, "pl-4")}>
              Payment
            </th>
            <th scope="col" className={cn(headClass, "hidden @xl:table-cell")}>
              Booked
            </th>
            <th scope="col" className={headClass}>
              Counterparty
            </th>
            <th scope="col" className={cn(headClass, "hidden @3xl:table-cell")}>
              Reference
            </th>
            <th scope="col" className={cn(headClass, "text-right")}>
              Amount
            </th>
          </tr>
        }
        cells={(index) => {
          const payment = rowAt(list, index);
          if (payment) return <PaymentCells payment={payment} />;
          return (
            <td className="px-4">
              <Skeleton className="h-3.5 w-16" />
            </td>
          );
        }}
      />
    </div>
  );
}

const PaymentCells = memo(function PaymentCells({ payment }: { payment: TransactionRow }) {
  const { transactionId, bookingDate, counterparty, reference, amountMinor, currency } = payment;
  return (
    <>
      <th scope="row" className={cn(cell, "select-all truncate pl-4 font-mono font-normal text-xs")}>
        {transactionId}
      </th>
      <td className={cn(cell, "hidden tabular-nums @xl:table-cell")}>{bookingDate}</td>
      <td className={cn(cell, "overflow-hidden")} title={counterparty}>
        <span className="block truncate">{counterparty || "no name"}</span>
        <span className="block truncate text-ink-muted text-xs @xl:hidden">
          {bookingDate} {reference}
        </span>
      </td>
      <td className={cn(cell, "hidden truncate text-ink-muted @3xl:table-cell")} title={reference}>
        {reference}
      </td>
      <td className={cn(cell, "truncate text-right tabular-nums")}>{formatMoney(amountMinor, currency)}</td>
    </>
  );
});
