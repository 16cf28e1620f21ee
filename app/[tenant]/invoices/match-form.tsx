"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatMoney } from "@/contract/money";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";
import { editMatch } from "./actions";
import { formatPaid } from "./format-paid";
import { PaymentPicker } from "./payment-picker";

interface MatchFormProps {
  tenant: string;
  batchId: string;
  evidence: InvoiceEvidence;
  onDone(editId: string): void;
  onCancel(): void;
}

type Payment = Pick<
  InvoiceEvidence["payments"][number],
  "row" | "transactionId" | "bookingDate" | "amountMinor" | "currency" | "counterparty"
>;

/** Which order an invoice bills and which payments pay it, as a person knows better. It is undone like any other change. */
export function MatchForm({ tenant, batchId, evidence, onDone, onCancel }: MatchFormProps) {
  const id = useId();
  const [payments, setPayments] = useState<readonly Payment[]>(evidence.payments);
  const [poNumber, setPoNumber] = useState(evidence.order?.poNumber ?? "");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ message: string; fields?: Record<string, string> } | null>(null);
  const paid = payments.reduce((sum, { amountMinor }) => sum + Math.abs(amountMinor), 0);
  const oneCurrency = payments.every(({ currency }) => currency === evidence.currency);

  const save = async () => {
    setBusy(true);
    setRefusal(null);
    const order = poNumber.trim();
    const result = await editMatch(tenant, {
      batchId,
      row: evidence.row,
      edit: {
        transactionRows: payments.map(({ row }) => row),
        ...(order === (evidence.order?.poNumber ?? "") ? {} : { poNumber: order === "" ? null : order }),
        note,
      },
    }).catch(() => null);
    setBusy(false);
    if (result?.ok) onDone(result.data.editId);
    else setRefusal(result ?? { message: "This could not be saved. Check your connection." });
  };

  return (
    <form
      aria-label={`Match of ${evidence.invoiceNumber}`}
      className="flex flex-col gap-4 rounded-md border border-line bg-canvas p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <Field id={`${id}-order`} label="Order" error={refusal?.fields?.poNumber}>
        <Input
          id={`${id}-order`}
          autoFocus
          value={poNumber}
          maxLength={200}
          disabled={busy}
          placeholder="None"
          onChange={(event) => setPoNumber(event.target.value)}
          className="font-mono md:text-xs"
        />
      </Field>
      <div className="flex flex-col gap-1.5">
        <p id={`${id}-payments`} className="font-medium text-sm">
          Payments
        </p>
        {payments.length > 0 ? (
          <ul aria-labelledby={`${id}-payments`} className="flex flex-col rounded-md border border-line bg-surface">
            {payments.map((payment) => (
              <li
                key={payment.row}
                className="flex min-h-9 items-center gap-2 border-line border-b pr-1 pl-2 text-sm last:border-b-0"
              >
                <span className="shrink-0 font-mono text-xs">{payment.transactionId}</span>
                <span className="min-w-0 flex-1 truncate text-ink-muted text-xs">
                  {payment.bookingDate} {payment.counterparty}
                </span>
                <span className="shrink-0 tabular-nums">{formatPaid(payment)}</span>
                <Button
                  variant="ghost"
                  size="icon-sm"
                  disabled={busy}
                  aria-label={`Take out payment ${payment.transactionId}`}
                  onClick={() => setPayments(payments.filter(({ row }) => row !== payment.row))}
                >
                  <X aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-ink-muted text-sm">None: the invoice counts as unpaid.</p>
        )}
        <p className="text-ink-muted text-xs tabular-nums" aria-live="polite">
          {oneCurrency
            ? `${formatMoney(paid, evidence.currency)} of ${formatMoney(evidence.totalMinor, evidence.currency)}`
            : "In several currencies"}
        </p>
        <PaymentPicker
          tenant={tenant}
          batchId={batchId}
          taken={payments.map(({ row }) => row)}
          suggestion={evidence.supplier}
          disabled={busy}
          onPick={(payment) => setPayments([...payments, payment])}
        />
      </div>
      <Field id={`${id}-note`} label="Reason, for the record">
        <Input
          id={`${id}-note`}
          value={note}
          maxLength={500}
          disabled={busy}
          placeholder="Optional"
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={busy}>
          Save match
        </Button>
        <Button variant="ghost" disabled={busy} onClick={onCancel}>
          Keep as it was
        </Button>
      </div>
      {refusal ? (
        <p role="alert" className="text-failure text-sm">
          {refusal.message} {Object.values(refusal.fields ?? {}).join(". ")}
        </p>
      ) : null}
    </form>
  );
}
