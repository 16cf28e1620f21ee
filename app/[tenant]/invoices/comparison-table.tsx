import { EqualNot } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";
import { compareDocuments } from "./comparison";

/** Invoice, order and payments side by side. What differs from the invoice is marked, with a word for how. */
export function ComparisonTable({ evidence }: { evidence: InvoiceEvidence }) {
  const { order, payments } = evidence;
  const several = payments.length > 1;
  return (
    <ScrollRegion label="Invoice, order and payments side by side" className="rounded-md border border-line">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">
          {evidence.invoiceNumber} beside {order ? `order ${order.poNumber}` : "no order"} and{" "}
          {payments.length === 1 ? "one payment" : `${payments.length} payments`}
        </caption>
        <thead className="text-ink-muted text-xs">
          <tr>
            <td className="w-24 border-line border-b px-2 py-1.5" />
            <ColumnHead>Invoice</ColumnHead>
            {order ? <ColumnHead>Order</ColumnHead> : null}
            {payments.map(({ row }, i) => (
              <ColumnHead key={row}>{several ? `Payment ${i + 1}` : "Payment"}</ColumnHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {compareDocuments(evidence).map(({ field, cells }) => (
            <tr key={field} className="align-top">
              <th scope="row" className="border-line border-b px-2 py-1.5 font-normal text-ink-muted text-xs">
                {field}
              </th>
              {cells.map(({ column, text, mono, difference }) => (
                <td
                  key={column}
                  className={cn(
                    "min-w-28 break-words border-line border-b border-l px-2 py-1.5 tabular-nums",
                    mono && "select-all font-mono text-xs leading-5",
                    difference && "bg-attention-soft",
                  )}
                >
                  {text}
                  {difference ? (
                    <span className="flex items-center gap-1 font-sans text-attention text-xs">
                      <EqualNot aria-hidden className="size-3 shrink-0" /> {difference}
                    </span>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function ColumnHead({ children }: { children: React.ReactNode }) {
  return (
    <th scope="col" className="border-line border-b border-l px-2 py-1.5 font-medium">
      {children}
    </th>
  );
}
