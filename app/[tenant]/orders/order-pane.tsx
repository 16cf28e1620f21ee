"use client";

import { ArrowLeft, Play, RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { type Answer, AnswerForm } from "@/components/decisions/answer-form";
import { NotYours } from "@/components/decisions/not-yours";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { paths } from "@/lib/paths";
import { answerQuestion, cancelOrder, fulfilOrder, retryOrder } from "./actions";
import { OrderLines } from "./order-lines";
import { OrderStatusBadge } from "./order-status-badge";
import { OrderStepper } from "./order-stepper";
import type { OpenOrder } from "./queries";

const LiveOrder = dynamic(() => import("./live-order").then((module) => module.LiveOrder), {
  ssr: false,
  loading: () => <OrderStepper state={null} decision={null} />,
});

interface OrderPaneProps {
  tenant: string;
  opened: OpenOrder;
  version: string;
  onChanged(): void;
}

const STARTABLE = ["new", "cancelled", "back_ordered"];
const CANCELLABLE = ["running", "failed"];

type Act = typeof fulfilOrder | typeof cancelOrder | typeof retryOrder;

/** One order: what it is, what can be done with it, its lines, and its fulfilment as it happens. */
export function OrderPane({ tenant, opened, version, onChanged }: OrderPaneProps) {
  const { order, question } = opened;
  const [busy, setBusy] = useState(false);
  const act = async (action: Act) => {
    setBusy(true);
    const result = await action(tenant, { orderId: order.id }).catch(() => null);
    if (!result?.ok) toast.error(result?.message ?? "This did not work. Check your connection.");
    setBusy(false);
    onChanged();
  };
  const send = async (approvalId: string, answer: Answer) => {
    setBusy(true);
    const result = await answerQuestion(tenant, { approvalId, answer }).catch(() => null);
    if (!result?.ok) toast.error(result?.message ?? "This did not work. Check your connection.");
    setBusy(false);
    onChanged();
  };
  const decision = question ? (
    question.mine ? (
      <AnswerForm
        key={question.id}
        question={question}
        answer={async (answer) => {
          const result = await answerQuestion(tenant, { approvalId: question.id, answer });
          onChanged();
          return result.ok ? null : { message: result.message, fields: result.fields };
        }}
      />
    ) : (
      <NotYours busy={busy} onAnswer={(answer) => void send(question.id, answer)} />
    )
  ) : null;

  return (
    <article
      aria-label={`Order ${order.id}`}
      className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 pt-5 pb-20 lg:px-6"
    >
      <header className="flex flex-col gap-3">
        <Link href={paths.orders(tenant)} className="flex items-center gap-1.5 text-ink-muted text-sm lg:hidden">
          <ArrowLeft aria-hidden className="size-4" /> All orders
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h2 className="font-semibold text-base">
            <span className="select-all font-mono">{order.id}</span>
          </h2>
          <OrderStatusBadge status={order.status} />
          <Money minor={order.totalMinor} currency={order.currency} className="ml-auto font-semibold" />
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          <dt className="text-ink-muted">Customer</dt>
          <dd className="min-w-0 break-words">{order.customer}</dd>
          <dt className="text-ink-muted">Ship to</dt>
          <dd className="min-w-0 break-words">{order.address}</dd>
          <dt className="text-ink-muted">Ordered</dt>
          <dd className="tabular-nums">
            {order.orderDate}
            {order.requiredDate ? `, wanted by ${order.requiredDate}` : ""}
          </dd>
        </dl>
        <div className="flex flex-wrap gap-2">
          {STARTABLE.includes(order.status) ? (
            <Button variant="primary" disabled={busy} onClick={() => void act(fulfilOrder)}>
              <Play aria-hidden /> {order.status === "new" ? "Fulfil order" : "Fulfil again"}
            </Button>
          ) : null}
          {order.status === "failed" ? (
            <Button variant="primary" disabled={busy} onClick={() => void act(retryOrder)}>
              <RotateCcw aria-hidden /> Try again
            </Button>
          ) : null}
          {CANCELLABLE.includes(order.status) ? (
            <Button variant="danger" disabled={busy} onClick={() => void act(cancelOrder)}>
              Cancel order
            </Button>
          ) : null}
        </div>
        {order.status === "failed" ? (
          <p role="alert" className="text-failure text-sm">
            {order.note}
          </p>
        ) : null}
      </header>
      {order.threadId ? (
        <section aria-label="Fulfilment" aria-live="polite" className="border-line border-t">
          <LiveOrder
            key={order.threadId}
            eventsUrl={paths.orderEvents(tenant, order.id)}
            version={`${version} ${question?.id ?? ""}`}
            decision={decision}
            onSettled={onChanged}
          />
        </section>
      ) : null}
      <section aria-label="Lines">
        <OrderLines order={order} />
      </section>
    </article>
  );
}
