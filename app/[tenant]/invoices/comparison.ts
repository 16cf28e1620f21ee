import { formatMoney } from "@/contract/money";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";

/** What one document says about a field, and in a few words how that differs from the invoice. */
export interface ComparedCell {
  /** Which document: `invoice`, `order`, or the row of a payment. */
  column: string;
  text: string;
  mono?: boolean;
  difference: string | null;
}

export interface ComparedField {
  field: string;
  cells: ComparedCell[];
}

/** What rounding may do to a sum; the engine allows the same. */
const ROUNDING_MINOR = 2;

/** Invoice, order and payments field by field, each difference in words. The first column is the invoice, which the others are held against. */
export function compareDocuments(evidence: InvoiceEvidence): ComparedField[] {
  const { order, payments } = evidence;
  const net = evidence.totalMinor - evidence.taxMinor;
  const field = (
    name: string,
    invoice: Omit<ComparedCell, "column">,
    ordered: Omit<ComparedCell, "column"> | null,
    paid: (payment: InvoiceEvidence["payments"][number]) => Omit<ComparedCell, "column">,
  ): ComparedField => ({
    field: name,
    cells: [
      { column: "invoice", ...invoice },
      ...(order ? [{ column: "order", ...(ordered ?? blank) }] : []),
      ...payments.map((payment) => ({ column: String(payment.row), ...paid(payment) })),
    ],
  });
  return [
    field(
      "Number",
      { ...plain(evidence.invoiceNumber), mono: true },
      order && { ...plain(order.poNumber), mono: true },
      (payment) => ({ ...plain(payment.transactionId), mono: true }),
    ),
    field(
      "Order named",
      { text: evidence.statedPo || "none", mono: evidence.statedPo !== "", difference: orderNamed(evidence) },
      order && { ...plain(order.poNumber), mono: true },
      () => blank,
    ),
    field("Supplier", plain(evidence.supplier), order && named(order.supplier, evidence.supplier), ({ counterparty }) =>
      named(counterparty, evidence.supplier),
    ),
    field(
      "Date",
      plain(evidence.invoiceDate),
      order && dated(order.poDate, order.poDate > evidence.invoiceDate ? "after the invoice" : null),
      ({ bookingDate }) => dated(bookingDate, bookingDate < evidence.invoiceDate ? "before the invoice" : null),
    ),
    field(
      "Currency",
      plain(evidence.currency),
      order && inCurrency(order.currency, evidence.currency),
      ({ currency }) => inCurrency(currency, evidence.currency),
    ),
    field(
      "Net",
      plain(formatMoney(net, evidence.currency)),
      order && {
        text: order.netMinor === null ? "not known" : formatMoney(order.netMinor, order.currency),
        difference: netDifference(order, net, evidence.currency),
      },
      () => blank,
    ),
    field("Tax", plain(formatMoney(evidence.taxMinor, evidence.currency)), null, () => blank),
    field("Total", plain(formatMoney(evidence.totalMinor, evidence.currency)), null, (payment) => ({
      text: formatMoney(Math.abs(payment.amountMinor), payment.currency),
      difference: payments.length === 1 ? paidDifference(evidence) : null,
    })),
    ...(evidence.dueDate ? [field("Due", plain(evidence.dueDate), null, () => blank)] : []),
    ...(payments.length > 0 ? [field("Reference", blank, null, ({ reference }) => plain(reference))] : []),
  ];
}

/** What was paid in all against what was billed, in a sentence; empty for an invoice that nobody has looked at. */
export function describePaid(evidence: InvoiceEvidence): string {
  const { payments, currency, totalMinor, status } = evidence;
  if (status === null) return "";
  if (payments.length === 0) return "Nothing was paid for this invoice.";
  const shared = payments.filter(({ alsoPays }) => alsoPays.length > 0);
  if (shared.length > 0) {
    const others = [...new Set(shared.flatMap(({ alsoPays }) => alsoPays.map(({ invoiceNumber }) => invoiceNumber)))];
    return `The payment also covers ${others.join(", ")}.`;
  }
  const paid = paidMinor(evidence);
  if (paid === null) return "The payment is in another currency.";
  const all = payments.length > 1 ? `${payments.length} payments, in all ` : "Paid ";
  const difference = paid - totalMinor;
  const compared =
    Math.abs(difference) <= ROUNDING_MINOR ? "as billed" : `${moreOrLess(difference, currency)} than billed`;
  return `${all}${formatMoney(paid, currency)}, ${compared}.`;
}

const blank = { text: "", difference: null };
const plain = (text: string) => ({ text, difference: null });
const dated = (text: string, difference: string | null) => ({ text, difference });
const inCurrency = (text: string, expected: string) => ({
  text,
  difference: text === expected ? null : "another currency",
});

/** The name of a company without its case, punctuation and legal form, which banks cut and change at will. */
function bare(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\b(gmbh|ltd|limited|inc|llc|ag|sa|srl|bv|oy|ab|co|kg|plc|corp|company)\b/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function named(text: string, supplier: string): Omit<ComparedCell, "column"> {
  const [one, other] = [bare(text), bare(supplier)];
  const alike = one !== "" && other !== "" && (one.startsWith(other) || other.startsWith(one));
  return { text: text || "no name", difference: alike ? null : text ? "another name" : "not named" };
}

function orderNamed({ statedPo, order, status }: InvoiceEvidence): string | null {
  // Before the reconciliation no order is known for any invoice, whatever the orders hold.
  if (status === null) return null;
  if (!order) return statedPo ? "not in the orders" : "names no order";
  if (statedPo === "") return "names no order";
  return statedPo === order.poNumber ? null : "written differently";
}

function netDifference(order: NonNullable<InvoiceEvidence["order"]>, net: number, currency: string): string | null {
  if (order.netMinor === null) return "a line of it could not be read";
  if (order.currency !== currency) return null;
  const difference = order.netMinor - net;
  return Math.abs(difference) > ROUNDING_MINOR ? `${moreOrLess(difference, currency)} than billed` : null;
}

function paidDifference(evidence: InvoiceEvidence): string | null {
  const paid = paidMinor(evidence);
  if (paid === null || evidence.payments.some(({ alsoPays }) => alsoPays.length > 0)) return null;
  const difference = paid - evidence.totalMinor;
  return Math.abs(difference) > ROUNDING_MINOR ? `${moreOrLess(difference, evidence.currency)} than billed` : null;
}

/** The sum of the payments; null when one is in another currency. */
function paidMinor({ payments, currency }: InvoiceEvidence): number | null {
  if (payments.some((payment) => payment.currency !== currency)) return null;
  return payments.reduce((sum, { amountMinor }) => sum + Math.abs(amountMinor), 0);
}

function moreOrLess(differenceMinor: number, currency: string): string {
  return `${formatMoney(Math.abs(differenceMinor), currency)} ${differenceMinor > 0 ? "more" : "less"}`;
}
