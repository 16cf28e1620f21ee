// "Mark HG-104 as reconciled": a decision in words. Read narrowly, because it is carried out: only an order that names one invoice.
import { type MarkedInvoice, markedInvoiceSchema } from "@/contract/backend-actions";
import { formatMoney } from "@/contract/money";
import type { FoundInvoice } from "../../books/find-invoices";
import type { Intent } from "../../execution/agent-definition";
import { asksTo } from "../asks-to";

/** Anything about marks: such a message begins no reconciliation. */
export const ABOUT_MARKS = /\bmark(s|ed|ing)?\b|\bas reconciled\b/i;
const ROW = /\brow (\d{1,6})\b/i;

/** Whether somebody asks for a mark, and not about one. */
export const wantsMark = asksTo("mark");

/** The mark that is asked for; words instead where it is not clear for which invoice. `found` are the invoices of the numbers that are named. */
export function markOf(message: string, numbers: readonly string[], found: readonly FoundInvoice[]): Intent {
  const row = ROW.exec(message)?.[1];
  const named = [...new Set(found.map(({ invoiceNumber }) => invoiceNumber.toUpperCase()))];
  const unknown = numbers.filter((number) => !named.includes(number.toUpperCase()) && number !== row);
  const [invoice, ...others] = named;
  if (unknown.length > 0)
    return say(`There is no invoice ${unknown[0]} in the sets that were reconciled. Nothing was marked.`);
  if (!invoice || others.length > 0)
    return say(
      "From here one invoice at a time is marked: say “mark” and its number. Many are marked on the page, or in the approvals.",
    );
  return {
    kind: "act",
    action: "mark_invoice_reconciled",
    input: { invoice, ...(row ? { row: Number(row) } : {}) },
    tell: (result) => tellMark(markedInvoiceSchema.parse(result)),
  };
}

function tellMark({ outcome, invoice, markedBy }: MarkedInvoice): string {
  const { number, supplier, totalMinor, currency, title } = invoice;
  const what = `**${number}** (${supplier}, ${formatMoney(totalMinor, currency)})`;
  switch (outcome) {
    case "marked":
      return `${what} is marked as reconciled in **${title}**. It can be taken back on the page.`;
    case "already_marked":
      return `${what} was marked as reconciled before, by ${markedBy ?? "somebody"}. Nothing was changed.`;
    case "approved":
      return `${what} is approved. Marking it takes a little longer; the page shows it when it is done.`;
  }
}

const say = (text: string): Intent => ({ kind: "say", text });
