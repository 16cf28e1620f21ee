import "server-only";
import type { OpenQuestion } from "@/components/decisions/answer-form";
import { getOpenApproval, mayDecide } from "@/lib/approvals/list-approvals";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { type BatchSummary, getLatestBatch } from "@/lib/orders/batches/batch-report";
import { getOrder, type OrderDetails } from "@/lib/orders/get-order";
import { countOrders, listOrders } from "@/lib/orders/list-orders";
import type { OrderSummary } from "@/lib/orders/order-summary";

const QUEUE_MAX = 500;

export interface OrderQueuePage {
  orders: OrderSummary[];
  counts: Record<string, number>;
  /** The latest batch, as far as it has come. */
  batch: BatchSummary | null;
}

export async function queueOf(identity: RequestIdentity): Promise<OrderQueuePage> {
  const [orders, counts, batch] = await Promise.all([
    listOrders(identity, QUEUE_MAX),
    countOrders(identity),
    getLatestBatch(identity),
  ]);
  return { orders, counts, batch };
}

export interface OpenOrder {
  order: OrderDetails;
  /** The question that it waits with, and whether this person may decide it. */
  question: (OpenQuestion & { mine: boolean }) | null;
}

/** An order to show, or null when the tenant has none of that number. */
export async function openOrderOf(identity: RequestIdentity, id: string): Promise<OpenOrder | null> {
  const order = await getOrder(identity, id);
  if (!order) return null;
  const approval =
    order.threadId && order.status === "waiting" ? await getOpenApproval(identity, order.threadId) : null;
  if (!approval) return { order, question: null };
  const { id: approvalId, reason, proposal } = approval;
  return {
    order,
    question: { id: approvalId, reason, proposal, mine: mayDecide(approval, identity) },
  };
}
