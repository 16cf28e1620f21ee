import type { BankTransaction, Invoice } from "../books";
import type { Match } from "../matching/match-payments";
import { INVOICE_STATUSES, type InvoiceResult, type TransactionResult } from "../result";
import { matchConfidence, pairEvidence } from "./evidence";

/** The transaction's result: the status of the invoices it pays, or unknown. `match` is what it was chosen to pay. */
export function judgeTransaction(
  transaction: BankTransaction,
  match: Match | undefined,
  results: Map<Invoice, InvoiceResult>,
): TransactionResult {
  const { transactionId, row } = transaction;
  const pairs = match?.pairs.filter(({ payment }) => payment.transaction === transaction) ?? [];
  const invoices = pairs.flatMap(({ payable }) => results.get(payable.invoice) ?? []).sort((a, b) => a.row - b.row);
  const statuses = new Set(invoices.map(({ status }) => status));
  const status = INVOICE_STATUSES.find((candidate) => statuses.has(candidate)) ?? "unknown_transaction";
  return {
    transaction_id: transactionId,
    row,
    status,
    invoice_numbers: invoices.map(({ invoice_number }) => invoice_number),
    invoice_rows: invoices.map((invoice) => invoice.row),
    confidence: match ? round(matchConfidence(match)) : 0.9,
    reasons: match ? pairs.map(pairEvidence) : [unknownReason(transaction)],
  };
}

function unknownReason({ amount }: BankTransaction): string {
  return amount > 0
    ? "Money came in: it pays no invoice of a supplier."
    : "No invoice fits its amount, payee and reference well enough.";
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}
