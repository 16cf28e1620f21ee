import Link from "next/link";
import { Money } from "@/components/ui/money";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { BatchOrder } from "@/lib/orders/batches/batch-report";
import { paths } from "@/lib/paths";
import { OrderStatusBadge } from "../../order-status-badge";

/** Every order of a batch with how it ended. */
export function BatchOrders({ tenant, orders }: { tenant: string; orders: readonly BatchOrder[] }) {
  return (
    <ScrollRegion label="Orders of the batch">
      <table className="w-full min-w-[640px] text-left text-sm">
        <caption className="sr-only">Orders of the batch</caption>
        <thead className="text-ink-muted text-xs">
          <tr className="border-line border-b">
            <th className="py-1.5 pr-3 font-medium">Order</th>
            <th className="px-3 py-1.5 font-medium">Customer</th>
            <th className="px-3 py-1.5 font-medium">State</th>
            <th className="px-3 py-1.5 text-right font-medium">Shipped</th>
            <th className="px-3 py-1.5 text-right font-medium">Charged</th>
            <th className="py-1.5 pl-3 font-medium">Note</th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {orders.map((order) => (
            <tr key={order.id} className="border-line border-b [content-visibility:auto]">
              <td className="whitespace-nowrap py-1.5 pr-3">
                <Link
                  href={paths.orders(tenant, { order: order.id })}
                  prefetch={false}
                  className="font-mono text-accent text-xs hover:underline"
                >
                  {order.id}
                </Link>
              </td>
              <td className="max-w-48 truncate px-3 py-1.5">{order.customer}</td>
              <td className="px-3 py-1.5">
                <OrderStatusBadge status={order.status} />
              </td>
              <td className="whitespace-nowrap px-3 py-1.5 text-right">
                {order.unitsShipped} of {order.unitsOrdered}
              </td>
              <td className="px-3 py-1.5 text-right">
                <Money minor={order.chargedMinor} currency={order.currency} />
              </td>
              <td className="min-w-56 py-1.5 pl-3 text-ink-muted">{order.note.replace(`${order.id}: `, "")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
