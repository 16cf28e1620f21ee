import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";

/** The lines of the order, for whoever wants to see what its net is made of. */
export function OrderLinesDisclosure({ order }: { order: NonNullable<InvoiceEvidence["order"]> }) {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-muted hover:text-ink">
        {order.lines.length === 1 ? "One line" : `${order.lines.length} lines`} of {order.poNumber}
      </summary>
      <div className="mt-2 overflow-x-auto">
        <table className="w-full text-left text-xs tabular-nums">
          <thead className="text-ink-muted">
            <tr>
              <th scope="col" className="border-line border-b py-1 pr-2 font-medium">
                Article
              </th>
              <th scope="col" className="border-line border-b px-2 py-1 text-right font-medium">
                Quantity
              </th>
              <th scope="col" className="border-line border-b py-1 pl-2 text-right font-medium">
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.row}>
                <td className="border-line border-b py-1 pr-2">
                  {line.description} <span className="font-mono text-ink-faint">{line.sku}</span>
                </td>
                <td className="border-line border-b px-2 py-1 text-right">{line.qty}</td>
                <td className="border-line border-b py-1 pl-2 text-right">
                  {line.unitPrice} {order.currency}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
