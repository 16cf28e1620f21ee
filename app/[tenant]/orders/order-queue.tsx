"use client";

import { Inbox, Play, Search } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import type { OrderSummary } from "@/lib/orders/order-summary";
import { paths } from "@/lib/paths";
import { fulfilOrders } from "./actions";
import { BatchLine } from "./batch-line";
import { ImportOrders } from "./import-orders";
import { OrderRow } from "./order-row";
import type { OrderQueuePage } from "./queries";

interface OrderQueueProps {
  tenant: string;
  page: OrderQueuePage;
  failed: boolean;
  current: string | null;
  /** Admins bring orders in. */
  admin: boolean;
  onChanged(): void;
}

export function OrderQueue({ tenant, page, failed, current, admin, onChanged }: OrderQueueProps) {
  const [q, setQ] = useState("");
  const [starting, setStarting] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut({ key: "f" }, () => searchBox.current?.focus());
  const shown = page.orders.filter((order) => matches(order, q));
  const total = Object.values(page.counts).reduce((sum, count) => sum + count, 0);
  const found = shown.filter(({ status }) => status === "new").map(({ id }) => id);
  const fresh = q ? found.length : (page.counts.new ?? 0);

  const fulfilAll = async () => {
    setStarting(true);
    const result = await fulfilOrders(tenant, { orderIds: q ? found : null }).catch(() => null);
    if (!result?.ok) toast.error(result?.message ?? "The orders could not be started. Check your connection.");
    setStarting(false);
    onChanged();
  };

  return (
    <section aria-label="Order queue" className="flex h-full flex-col">
      <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-4">
        <h1 className="mr-auto font-semibold text-sm">Orders</h1>
        <div className="relative w-32">
          <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-ink-faint" />
          <Input
            ref={searchBox}
            type="search"
            aria-label="Search orders"
            placeholder="Search"
            value={q}
            onChange={(event) => setQ(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setQ("")}
            className="pl-8"
          />
        </div>
        {admin ? <ImportOrders tenant={tenant} onImported={onChanged} /> : null}
        <Button disabled={fresh === 0 || starting} onClick={() => void fulfilAll()}>
          <Play aria-hidden /> Fulfil {fresh} new
        </Button>
      </header>
      {page.batch ? <BatchLine tenant={tenant} batch={page.batch} /> : null}
      {failed ? (
        <p role="status" className="border-line border-b bg-attention-soft px-4 py-1.5 text-attention text-xs">
          The queue could not be read just now. It is tried again by itself.
        </p>
      ) : null}
      {shown.length > 0 ? (
        <ul aria-label="Orders" className="min-h-0 flex-1 overflow-y-auto max-lg:pb-16">
          {shown.map((order) => (
            <OrderRow
              key={order.id}
              order={order}
              href={paths.orders(tenant, { order: order.id })}
              current={order.id === current}
            />
          ))}
          {total > page.orders.length && !q ? (
            <li className="px-4 py-3 text-ink-muted text-xs tabular-nums">
              {page.orders.length} of {total} orders, the most urgent first.
            </li>
          ) : null}
        </ul>
      ) : q ? (
        <EmptyState
          title={`No order matches “${q}”`}
          action={<Button onClick={() => setQ("")}>Show all orders</Button>}
        />
      ) : (
        <EmptyState icon={Inbox} title="No orders yet">
          Orders come in as files, here or by{" "}
          <code className="font-mono text-xs">npm run import:orders -- --tenant {tenant} --dir …</code>
        </EmptyState>
      )}
    </section>
  );
}

function matches({ id, customer, status, note }: OrderSummary, q: string): boolean {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${id} ${customer} ${status} ${note}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
