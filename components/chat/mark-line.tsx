"use client";

import { CircleCheck, CircleSlash } from "lucide-react";
import { Money } from "@/components/ui/money";
import { Spinner } from "@/components/ui/spinner";
import { type MarkedInvoice, markInvoiceResultSchema } from "@/contract/backend-actions";
import { LookupCard } from "./lookup-card";
import { parseToolResult } from "./parse-tool-result";

interface MarkLineProps {
  invoice?: string;
  status: "inProgress" | "executing" | "complete";
  result?: string;
}

/** What `mark_invoice_reconciled` is asked to mark, and what came of it. */
export function MarkLine({ invoice, status, result }: MarkLineProps) {
  const about = invoice ?? "the invoice";
  if (status !== "complete") return <LookupCard icon={<Spinner />} title={`Marking ${about} as reconciled…`} busy />;
  const told = parseToolResult(markInvoiceResultSchema, result);
  if (told?.status !== "ok")
    return (
      <LookupCard icon={<CircleSlash aria-hidden />} title={`${about} was not marked`} failed>
        <p>{told?.message ?? "What came of it cannot be read; the page shows how it stands."}</p>
      </LookupCard>
    );
  const { number, supplier, totalMinor, currency, title, row } = told.invoice;
  return (
    <LookupCard icon={<CircleCheck aria-hidden />} title={titleOf(told)}>
      <p className="flex flex-wrap gap-x-2 text-ink">
        <span className="select-all break-all font-mono">{number}</span>
        <span className="min-w-0 flex-1 break-words">{supplier}</span>
        <Money minor={totalMinor} currency={currency} />
      </p>
      <p>
        {title}, row {row}
        {told.markedBy ? ` · approved by ${told.markedBy}` : ""}
      </p>
    </LookupCard>
  );
}

function titleOf({ outcome, invoice: { number } }: MarkedInvoice): string {
  switch (outcome) {
    case "marked":
      return `${number} is marked as reconciled`;
    case "already_marked":
      return `${number} was marked as reconciled before`;
    case "approved":
      return `${number} is approved and being marked`;
  }
}
