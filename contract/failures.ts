import { z } from "zod";

/** The names of everything that can go wrong between us and a model; also the `code` of a RUN_ERROR that a model caused. */
export const failureClassSchema = z.enum([
  "rate_limit",
  "quota_exhausted",
  "context_overflow",
  "provider_outage",
  "network",
  "timeout",
  "stream_truncated",
  "output_truncated",
  "tool_call_parse",
  "history_corrupt",
  "content_filter",
  "auth",
  "model_not_found",
  "payload_too_large",
  "invalid_request",
  "user_abort",
  "none",
]);
export type FailureClass = z.infer<typeof failureClassSchema>;

/** What is done about a failure while the answer goes on. */
export const recoveryActionSchema = z.enum([
  /** Waiting in the queue of a model that takes no more requests just now. */
  "wait",
  /** The step is asked for again. */
  "retry",
  /** The second provider answers. */
  "switch",
  /** Older turns are left out or shortened, and the step is asked for again. */
  "shrink",
  /** The model is told what was wrong with its tool call. */
  "reformulate",
  /** The history that was sent is put in order. */
  "repair",
  /** The answer ended at its length limit; it stands, and can be continued. */
  "keep",
]);
export type RecoveryAction = z.infer<typeof recoveryActionSchema>;

/** Name of the AG-UI CUSTOM event that says what is being done right now. It is about the present: a page that missed it lost nothing. */
export const RECOVERY_EVENT = "recovery";
export const recoveryNoticeSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("recovering"),
    class: failureClassSchema,
    action: recoveryActionSchema,
    /** What happened and what is done about it, for the person who waits. */
    message: z.string(),
    /** Of a wait: epoch milliseconds when it should be over, and the place in the queue, 1 is next. */
    until: z.number().optional(),
    position: z.number().int().positive().optional(),
    /** Of a switch: what answers now. */
    model: z.string().optional(),
  }),
  /** The answer is coming again; what was shown as going on is over. */
  z.object({ state: z.literal("answering"), model: z.string() }),
]);
export type RecoveryNotice = z.infer<typeof recoveryNoticeSchema>;

/** Name of the AG-UI CUSTOM event that says which models are left alone for now; sent when that changes, and to whoever opens a thread. */
export const PROVIDER_STATUS_EVENT = "provider_status";
export const providerStatusSchema = z.object({
  /** The models that failed several times in a short while. */
  resting: z.array(
    z.object({
      model: z.string(),
      /** Epoch milliseconds when one request tries it again. */
      until: z.number(),
    }),
  ),
  /** The model that answers meanwhile; null when there is none. */
  answering: z.string().nullable(),
});
export type ProviderStatus = z.infer<typeof providerStatusSchema>;

/** Type of the AG-UI activity message that keeps what went wrong under an answer that came nevertheless. Its id is `<messageId>_recovery`. */
export const RECOVERY_ACTIVITY = "recovery-receipt";
export const recoveryReceiptSchema = z.object({
  /** The assistant message that it belongs to; null when the run ended without one. */
  messageId: z.string().nullable(),
  steps: z.array(
    z.object({
      class: failureClassSchema,
      action: recoveryActionSchema,
      /** Epoch milliseconds. */
      at: z.number(),
      /** Milliseconds from the failure to the next attempt. */
      tookMs: z.number(),
      /** The model that failed, as the interface names it. */
      model: z.string(),
    }),
  ),
  /** From the first failure to the last recovery. */
  tookMs: z.number(),
  /** Tokens that failed attempts used, estimated where the provider did not say, and what they cost; null without a price. */
  extraTokens: z.number().int(),
  extraCostUsd: z.number().nullable(),
  /** The model that gave the answer, when it was not the first choice. */
  answeredBy: z.string().nullable(),
});
export type RecoveryReceipt = z.infer<typeof recoveryReceiptSchema>;
