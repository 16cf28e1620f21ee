import type { InvoiceResult } from "../result";
import { matchConfidence, orderEvidence, pairEvidence } from "./evidence";
import { type InvoiceCase, judgeInvoice, paymentsOf } from "./judge-invoice";

/** An invoice's result: its status with the reasons, and a confidence that is that of the weakest link. */
export function toInvoiceResult(subject: InvoiceCase): InvoiceResult {
  const { invoice, resolution, matches } = subject;
  const { status, reason } = judgeInvoice(subject);
  const links = matches.map(matchConfidence);
  if (status === "unpaid") links.push(0.9);
  const confidence = Math.min(resolution.confidence, ...(status === "duplicate_invoice" ? [0.95] : links));
  const pairs = matches.flatMap((match) => match.pairs.filter(({ payable }) => payable.invoice === invoice));
  return {
    invoice_number: invoice.invoiceNumber,
    row: invoice.row,
    status,
    po_number: resolution.order?.poNumber ?? null,
    transaction_ids: paymentsOf(matches).map(({ transaction }) => transaction.transactionId),
    confidence: Math.round(confidence * 1000) / 1000,
    reasons: [reason, ...pairs.map(pairEvidence), ...orderEvidence(invoice, resolution)],
  };
}
