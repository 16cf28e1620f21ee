"use client";

import { z } from "zod";
import { ANSWER_REUSE_ACTIVITY, type AnswerReuse, answerReuseSchema } from "@/contract/answers";
import { QUESTION_ACTIVITY, questionActivitySchema } from "@/contract/backend-actions";
import { RECOVERY_ACTIVITY, type RecoveryReceipt, recoveryReceiptSchema } from "@/contract/failures";
import { RUN_ENDED_ACTIVITY } from "@/lib/runs/run-ending";
import { QuestionRow } from "./question-row";
import { ReceiptLine } from "./receipt-line";
import { ReusedLine } from "./reused-line";
import { RunEndedLine } from "./run-ended-line";

const runEndedSchema = z.object({
  reason: z.enum(["stopped", "interrupted", "failed"]),
  code: z.string(),
  message: z.string(),
  retryAt: z.number().optional(),
  traceId: z.string().optional(),
});

/** How activity messages show. Citations have no row of their own: the answer draws them. */
export const activityRenderers = [
  {
    activityType: RUN_ENDED_ACTIVITY,
    content: runEndedSchema,
    render: ({ content, message }: { content: z.infer<typeof runEndedSchema>; message: { id: string } }) => (
      <RunEndedLine ending={content} messageId={message.id} />
    ),
  },
  {
    activityType: ANSWER_REUSE_ACTIVITY,
    content: answerReuseSchema,
    render: ({ content, message }: { content: AnswerReuse; message: { id: string } }) => (
      <ReusedLine reuse={content} messageId={message.id} />
    ),
  },
  {
    activityType: QUESTION_ACTIVITY,
    content: questionActivitySchema,
    render: ({ content }: { content: z.infer<typeof questionActivitySchema> }) => <QuestionRow {...content} />,
  },
  {
    activityType: RECOVERY_ACTIVITY,
    content: recoveryReceiptSchema,
    render: ({ content, message }: { content: RecoveryReceipt; message: { id: string } }) => (
      <ReceiptLine receipt={content} messageId={message.id} />
    ),
  },
];
