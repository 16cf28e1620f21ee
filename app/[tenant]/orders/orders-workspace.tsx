"use client";

import { PackageSearch } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { AskButton } from "@/components/chat/ask-button";
import type { ChatModelLabel } from "@/components/chat/chat-context";
import { WorkChat } from "@/components/chat/work-chat";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { paths } from "@/lib/paths";
import { createThread } from "./actions";
import { ChatQuestion } from "./chat-question";
import { OrderPane } from "./order-pane";
import { OrderQueue } from "./order-queue";
import type { OpenOrder, OrderQueuePage } from "./queries";
import { useOpenOrder } from "./use-open-order";
import { useOrderQueue } from "./use-order-queue";

const SUGGESTIONS = [
  { title: "What is stuck?", message: "What is stuck?" },
  { title: "Why was it declined?", message: "Why was it declined?" },
];

interface OrdersWorkspaceProps {
  tenant: string;
  tenantName: string;
  userId: string;
  admin: boolean;
  model: ChatModelLabel;
  firstQueue: OrderQueuePage;
  firstOrder: OpenOrder | null;
}

/** Queue, order and conversation beside each other; on a phone one at a time. */
export function OrdersWorkspace({
  tenant,
  tenantName,
  userId,
  admin,
  model,
  firstQueue,
  firstOrder,
}: OrdersWorkspaceProps) {
  const search = useSearchParams();
  const current = search?.get("order") ?? null;
  const [chatOpen, setChatOpen] = useState(false);
  const queue = useOrderQueue(tenant, firstQueue);
  const summary = queue.orders.find(({ id }) => id === current);
  const version = summary ? `${summary.status} ${summary.updatedAt}` : "";
  const { opened, failure, refresh } = useOpenOrder(tenant, current, version, firstOrder);
  const { refresh: refreshQueue } = queue;
  const refreshAll = useCallback(() => {
    void refreshQueue();
    void refresh();
  }, [refreshQueue, refresh]);

  useEffect(() => {
    document.title = current ? `${current} · ${tenantName}` : `Orders · ${tenantName}`;
  }, [current, tenantName]);

  return (
    <>
      <main className={`flex h-full min-w-0 bg-surface ${chatOpen ? "lg:mr-[var(--chat-width)]" : ""}`}>
        <div
          className={`h-full w-full shrink-0 border-line lg:w-[380px] lg:border-r ${current ? "max-lg:hidden" : ""}`}
        >
          <OrderQueue
            tenant={tenant}
            page={queue}
            failed={queue.failed}
            current={current}
            admin={admin}
            onChanged={() => void queue.refresh()}
          />
        </div>
        <div className={`min-h-0 min-w-0 flex-1 overflow-y-auto ${current ? "" : "max-lg:hidden"}`}>
          {opened ? (
            <OrderPane key={opened.order.id} tenant={tenant} opened={opened} version={version} onChanged={refreshAll} />
          ) : failure ? (
            <ErrorState
              title="The order could not be loaded"
              action={<Button onClick={() => void refresh()}>Try again</Button>}
            >
              {failure}
            </ErrorState>
          ) : current && !summary ? (
            <EmptyState title={`There is no order ${current}`}>
              It may have another number, or belong to somebody else.
            </EmptyState>
          ) : current ? null : (
            <EmptyState icon={PackageSearch} title="Choose an order">
              Its steps show here as they happen. Orders that need a decision come first in the queue.
            </EmptyState>
          )}
        </div>
        {chatOpen ? null : <AskButton onClick={() => setChatOpen(true)} />}
      </main>
      <WorkChat
        agentId="orders"
        tenantSlug={tenant}
        userId={userId}
        title="Orders assistant"
        model={model}
        placeholder="Ask about orders"
        intro="Say “fulfil” or “cancel” and an order number, ask what is stuck, or why an order was declined."
        suggestions={SUGGESTIONS}
        href={paths.orders(tenant)}
        open={chatOpen}
        onOpenChange={setChatOpen}
        createThread={() => createThread(tenant, {})}
        onRunEnded={refreshAll}
        drawQuestion={(approvalId) => <ChatQuestion tenant={tenant} approvalId={approvalId} onDecided={refreshAll} />}
      />
    </>
  );
}
