import type { InvoiceStatus } from "@/contract/invoices";
import { formatMoney } from "@/contract/money";

/** An invoice that a supplier has to say something about. */
export interface Concern {
  row: number;
  invoiceNumber: string;
  supplier: string;
  invoiceDate: string;
  currency: string;
  totalMinor: number;
  status: InvoiceStatus;
  reason: string;
}

const WISHES: Partial<Record<InvoiceStatus, { about: string; wish: string }>> = {
  duplicate_invoice: {
    about: "Billed twice",
    wish: "Please confirm that this is a copy and cancel it, or tell us what it is for.",
  },
  missing_po: { about: "No purchase order", wish: "Please tell us the number of our purchase order." },
  currency_mismatch: {
    about: "Another currency than ordered",
    wish: "Please confirm the currency, or send a corrected invoice.",
  },
  amount_mismatch: {
    about: "Another amount than ordered",
    wish: "Please explain the difference, or send a corrected invoice.",
  },
  duplicate_payment: { about: "Paid twice", wish: "Please return the second payment, or set it off." },
  overpayment: { about: "Paid too much", wish: "Please return the difference, or set it off." },
  partial_payment: { about: "Paid in part", wish: "Please confirm what is still open on your side." },
};

/** The statuses that a supplier is written to about; what is simply not paid yet is ours to pay. */
export const LETTER_STATUSES = Object.keys(WISHES) as InvoiceStatus[];

/** A letter names at most this many invoices; the rest are counted. */
const NAMED_MAX = 40;

/** The letter to one supplier, from what was found. Deterministic: no model is needed to tell facts. */
export function draftLetter(
  supplier: string,
  sender: string,
  concerns: readonly Concern[],
): { subject: string; body: string } {
  const named = concerns.slice(0, NAMED_MAX);
  const paragraphs = [...Map.groupBy(named, ({ status }) => status)].map(([status, some]) => {
    const lines = some.map(
      ({ invoiceNumber, invoiceDate, currency, totalMinor, reason }) =>
        `- ${invoiceNumber} of ${invoiceDate} over ${formatMoney(totalMinor, currency)}. ${reason}`,
    );
    return `${WISHES[status]?.about}:\n${lines.join("\n")}\n${WISHES[status]?.wish}`;
  });
  const left = concerns.length - named.length;
  const [only] = concerns;
  return {
    subject:
      concerns.length === 1 && only
        ? `Your invoice ${only.invoiceNumber}`.slice(0, 200)
        : `${concerns.length} of your invoices`,
    body: [
      `Dear ${supplier},`,
      concerns.length === 1
        ? "while reconciling our books we have a question about one of your invoices."
        : "while reconciling our books we have questions about some of your invoices.",
      ...paragraphs,
      ...(left > 0 ? [`${left} more invoices are affected; we will send you the list on request.`] : []),
      "Thank you for your help.",
      `Kind regards\n${sender}`,
    ]
      .join("\n\n")
      .slice(0, 20_000),
  };
}
