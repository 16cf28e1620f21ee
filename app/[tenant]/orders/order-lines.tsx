import { Money } from "@/components/ui/money";
import type { OrderDetails } from "@/lib/orders/get-order";

/** What was ordered, and whether it is there. */
export function OrderLines({ order }: { order: OrderDetails }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Lines of {order.id}</caption>
        <thead className="text-ink-muted text-xs">
          <tr className="border-line border-b">
            <th className="py-1.5 pr-3 font-medium">Article</th>
            <th className="px-3 py-1.5 text-right font-medium">Ordered</th>
            <th className="px-3 py-1.5 text-right font-medium">In stock</th>
            <th className="py-1.5 pl-3 text-right font-medium">Amount</th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {order.lines.map((line) => (
            <tr key={line.lineNo} className="border-line border-b">
              <td className="py-1.5 pr-3">
                {line.name} <span className="font-mono text-ink-faint text-xs">{line.sku}</span>
              </td>
              <td className="px-3 py-1.5 text-right">{line.qty}</td>
              <td className="px-3 py-1.5 text-right">{line.available}</td>
              <td className="py-1.5 pl-3 text-right">
                <Money minor={line.qty * line.unitPriceMinor} currency={order.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
