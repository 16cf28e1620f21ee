"use client";

import { ArrowLeft, Download } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { RelativeTime } from "@/components/ui/relative-time";
import { formatMoney } from "@/contract/money";
import type { BatchReport } from "@/lib/orders/batches/batch-report";
import type { OrderStatus } from "@/lib/orders/order-summary";
import { paths } from "@/lib/paths";
import { OrderStatusBadge } from "../../order-status-badge";
import { BatchOrders } from "./batch-orders";
import { useBatchReport } from "./use-batch-report";

/** What came of a batch, live until it is through: how far, how many of each end, what was shipped and charged, and every order. */
export function BatchReportView({ tenant, first }: { tenant: string; first: BatchReport }) {
  const { report, failed } = useBatchReport(tenant, first);
  const [status, setStatus] = useState<OrderStatus | null>(null);
  const { settled, total, counts, unitsOrdered, unitsShipped, chargedMinor } = report;
  const shown = status ? report.orders.filter((order) => order.status === status) : report.orders;
  const charged = Object.entries(chargedMinor).map(([currency, minor]) => formatMoney(minor, currency));
  return (
    <main className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-5 px-4 py-5 lg:px-6">
        <header className="flex flex-col gap-3">
          <Link href={paths.orders(tenant)} className="flex items-center gap-1.5 text-ink-muted text-sm">
            <ArrowLeft aria-hidden className="size-4" /> All orders
          </Link>
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="mr-auto font-semibold text-base">Batch report</h1>
            <Button asChild>
              <a href={paths.orderBatchReport(tenant, report.id)} download>
                <Download aria-hidden /> Export CSV
              </a>
            </Button>
          </div>
          <p className="text-ink-muted text-sm">
            Begun by {report.startedBy} <RelativeTime at={report.startedAt} />
          </p>
        </header>
        <section aria-label="Result" className="flex flex-col gap-3">
          <p role="status" className="tabular-nums">
            {settled} of {total} orders worked through.
          </p>
          <Progress value={total === 0 ? 1 : settled / total} label="Orders worked through" />
          {failed ? (
            <p className="text-attention text-xs">The report could not be read just now. It is tried again.</p>
          ) : null}
          <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm tabular-nums">
            <Figure label="Units shipped" value={`${unitsShipped} of ${unitsOrdered}`} />
            <Figure label="Charged" value={charged.join(", ") || "nothing"} />
          </dl>
          <fieldset className="flex flex-wrap gap-2">
            <legend className="sr-only">Show orders</legend>
            <Button
              variant={status === null ? "secondary" : "ghost"}
              aria-pressed={status === null}
              onClick={() => setStatus(null)}
            >
              All <span className="tabular-nums">{total}</span>
            </Button>
            {(Object.entries(counts) as [OrderStatus, number][]).map(([one, count]) => (
              <Button
                key={one}
                variant={status === one ? "secondary" : "ghost"}
                aria-pressed={status === one}
                onClick={() => setStatus(one)}
              >
                <OrderStatusBadge status={one} /> <span className="tabular-nums">{count}</span>
              </Button>
            ))}
          </fieldset>
        </section>
        <BatchOrders tenant={tenant} orders={shown} />
      </div>
    </main>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-ink-muted text-xs">{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
