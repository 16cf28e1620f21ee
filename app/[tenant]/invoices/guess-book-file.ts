import type { BookFileName } from "@/contract/invoices";

/** Which of the three files one is, by its name's ending and its first line; null when neither says. The server reads it in full. */
export function guessBookFile(name: string, head: string): BookFileName | null {
  if (/\.(ofx|qfx|xml|camt|053)$/i.test(name) || /^\s*(<\?xml|<\?OFX|OFXHEADER|<OFX|<Document)/i.test(head))
    return "bank_transactions";
  const [firstLine = ""] = head.split(/\r?\n/, 1);
  const columns = firstLine.toLowerCase();
  if (/transaction_id|booking_date|counterparty/.test(columns)) return "bank_transactions";
  if (/invoice_number|due_date/.test(columns)) return "invoices";
  return /po_date|line_no|unit_price/.test(columns) ? "purchase_orders" : null;
}
