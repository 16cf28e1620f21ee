"use server";

import { z } from "zod";
import { decideApproval } from "@/lib/approvals/decide-approval";
import { defineAction } from "@/lib/gateway/define-action";
import { inboxOf } from "./queries";

export const getInbox = defineAction({
  input: z.object({ open: z.boolean() }),
  run: ({ open }, identity) => inboxOf(identity, open),
});

export const answerQuestion = defineAction({
  input: z.object({ approvalId: z.string().min(1).max(64), answer: z.record(z.unknown()) }),
  run: ({ approvalId, answer }, identity) => decideApproval(identity, approvalId, answer),
});
