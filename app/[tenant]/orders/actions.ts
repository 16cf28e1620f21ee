"use server";

import { z } from "zod";
import { decideApproval } from "@/lib/approvals/decide-approval";
import { getApproval, mayDecide } from "@/lib/approvals/list-approvals";
import { notFound } from "@/lib/failures/app-error";
import { defineAction } from "@/lib/gateway/define-action";
import { getBatchReport } from "@/lib/orders/batches/batch-report";
import { startOrderBatch } from "@/lib/orders/batches/start-batch";
import * as fulfilling from "@/lib/orders/fulfil-order";
import * as creating from "@/lib/threads/create-thread";
import { openOrderOf, queueOf } from "./queries";

const orderId = z.string().min(1).max(64);
const one = z.object({ orderId });

export const getQueue = defineAction({ input: z.object({}), run: (_input, identity) => queueOf(identity) });

export const getOpenOrder = defineAction({
  input: one,
  run: ({ orderId }, identity) => openOrderOf(identity, orderId),
});

export const fulfilOrder = defineAction({
  input: one,
  run: async ({ orderId }, identity) => ({ threadId: await fulfilling.fulfilOrder(identity, orderId) }),
});

/** Null: every new order. It must be said, so that no half-made call begins them all. */
export const fulfilOrders = defineAction({
  input: z.object({ orderIds: z.array(z.string().min(1).max(64)).min(1).max(10_000).nullable() }),
  run: ({ orderIds }, identity) => startOrderBatch(identity, orderIds),
});

export const getReport = defineAction({
  input: z.object({ batchId: z.string().min(1).max(64) }),
  run: async ({ batchId }, identity) => {
    const report = await getBatchReport(identity, batchId);
    if (!report) throw notFound();
    return report;
  },
});

export const cancelOrder = defineAction({
  input: one,
  run: ({ orderId }, identity) => fulfilling.cancelOrder(identity, orderId),
});

export const retryOrder = defineAction({
  input: one,
  run: ({ orderId }, identity) => fulfilling.retryOrder(identity, orderId),
});

export const answerQuestion = defineAction({
  input: z.object({ approvalId: z.string().min(1).max(64), answer: z.record(z.unknown()) }),
  run: ({ approvalId, answer }, identity) => decideApproval(identity, approvalId, answer),
});

export const getQuestion = defineAction({
  input: z.object({ approvalId: z.string().min(1).max(64) }),
  run: async ({ approvalId }, identity) => {
    const approval = await getApproval(identity, approvalId);
    if (!approval) throw notFound();
    const { id, reason, proposal, message, status, decidedBy } = approval;
    return { id, reason, proposal, message, status, decidedBy, mine: mayDecide(approval, identity) };
  },
});

export const createThread = defineAction({
  input: z.object({}),
  run: async (_input, identity) => ({ id: (await creating.createThread(identity, "orders")).id }),
});
