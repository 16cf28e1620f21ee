import Link from "next/link";
import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { asSentence } from "@/contract/as-sentence";
import { formatMoney } from "@/contract/money";
import type { OrderSummary } from "@/lib/orders/order-summary";
import { OrderStatusBadge } from "./order-status-badge";

interface OrderRowProps {
  order: OrderSummary;
  href: string;
  current: boolean;
}

/** One line of the queue. The queue is read again every few seconds, and a row that did not change is not drawn again. */
export const OrderRow = memo(
  function OrderRow({ order, href, current }: OrderRowProps) {
    const { id, customer, status, note, totalMinor, currency, requiredDate } = order;
    const detail = status === "new" ? (requiredDate ? `by ${requiredDate}` : "no date") : asSentence(note, id);
    return (
      <li>
        <Link
          href={href}
          scroll={false}
          // Not each order of the queue ahead of time.
          prefetch={false}
          aria-current={current ? "true" : undefined}
          className={cn(
            "flex min-h-14 flex-col justify-center gap-0.5 border-line border-b px-4 py-1.5 hover:bg-canvas focus-visible:-outline-offset-2",
            current && "bg-accent-soft hover:bg-accent-soft",
          )}
        >
          <span className="flex items-center gap-2">
            <span className="font-mono text-xs">{id}</span>
            <span className="min-w-0 flex-1 truncate">{customer}</span>
            <OrderStatusBadge status={status} />
          </span>
          <span className="flex gap-2 text-ink-muted text-xs">
            <span className="min-w-0 flex-1 truncate">{detail}</span>
            <span className="shrink-0 tabular-nums">{formatMoney(totalMinor, currency)}</span>
          </span>
        </Link>
      </li>
    );
  },
  (was, is) =>
    was.current === is.current &&
    was.href === is.href &&
    was.order.updatedAt === is.order.updatedAt &&
    was.order.status === is.order.status,
);
