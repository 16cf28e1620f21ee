"use client";

import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { TransactionRow } from "@/lib/invoices/list-transactions";
import { listTransactions } from "./actions";
import { formatPaid } from "./format-paid";

interface PaymentPickerProps {
  tenant: string;
  batchId: string;
  /** Rows that are chosen already. */
  taken: readonly number[];
  suggestion: string;
  disabled: boolean;
  onPick(payment: TransactionRow): void;
}

const SHOWN_MAX = 8;
const TYPING_PAUSE_MS = 200;

/** Finds payments of the statement by amount, name, date or reference. Those that pay nothing come first. */
export function PaymentPicker({ tenant, batchId, taken, suggestion, disabled, onPick }: PaymentPickerProps) {
  const [q, setQ] = useState("");
  const [found, setFound] = useState<TransactionRow[] | null>(null);
  const [failed, setFailed] = useState(false);
  const wanted = q.trim() || suggestion;
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      const result = await listTransactions(tenant, { batchId, q: wanted, offset: 0, limit: 30 }).catch(() => null);
      if (stale) return;
      setFailed(!result?.ok);
      if (result?.ok) setFound(result.data.rows);
    }, TYPING_PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [tenant, batchId, wanted]);
  const offered = (found ?? []).filter(({ row }) => !taken.includes(row)).slice(0, SHOWN_MAX);
  return (
    <div className="flex flex-col gap-1.5">
      <Input
        type="search"
        aria-label="Find a payment to add"
        placeholder="Find a payment by amount, name or reference"
        value={q}
        disabled={disabled}
        onChange={(event) => setQ(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      {failed ? (
        <p role="status" className="text-attention text-xs">
          The payments could not be searched. Check your connection.
        </p>
      ) : offered.length > 0 ? (
        <ul aria-label="Payments found" className="max-h-56 overflow-y-auto rounded-md border border-line bg-surface">
          {offered.map((payment) => (
            <li
              key={payment.row}
              className="flex min-h-11 items-center gap-2 border-line border-b pr-1 pl-2 text-sm last:border-b-0"
            >
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="flex gap-2">
                  <span className="font-mono text-xs">{payment.transactionId}</span>
                  <span className="min-w-0 flex-1 truncate text-ink-muted text-xs">
                    {payment.bookingDate} {payment.counterparty}
                  </span>
                </span>
                <span className="truncate text-ink-muted text-xs">
                  {payment.pays.length > 0
                    ? `pays ${payment.pays.map(({ invoiceNumber }) => invoiceNumber).join(", ")}`
                    : payment.reference}
                </span>
              </span>
              <span className="shrink-0 tabular-nums">{formatPaid(payment)}</span>
              <Button
                variant="ghost"
                size="icon-sm"
                disabled={disabled}
                aria-label={`Add payment ${payment.transactionId}`}
                onClick={() => onPick(payment)}
              >
                <Plus aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : found ? (
        <p className="text-ink-muted text-xs">No other payment matches “{wanted}”.</p>
      ) : null}
    </div>
  );
}
