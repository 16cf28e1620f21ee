/**
 * The names of everything that can go wrong between us and a model, and what follows from each name. Policy, screen and
 * operations read these facts; `classify` decides which name an observation gets.
 */
import { type FailureClass, failureClassSchema } from "@/contract/failures";

export { type FailureClass, failureClassSchema };

/**
 * "yes": the same bytes sent again may succeed. "after_mutation": the same bytes will fail again, but a change that we
 * know how to make (prune, raise a limit, repair, reformulate, drop an attachment) may succeed. "no": neither.
 */
export type Retryable = "yes" | "no" | "after_mutation";

export type Recovery =
  | "wait_and_retry"
  | "retry_then_switch_provider"
  | "retry_step"
  | "switch_provider_or_alert"
  | "shrink_context"
  | "shrink_payload"
  | "continue_output"
  | "reformulate_tool_call"
  | "repair_history"
  | "explain"
  | "none";

export interface FailureFacts {
  retryable: Retryable;
  recovery: Recovery;
  /** What happened, what is being done, what the reader can do. Never a provider's own words. */
  publicMessage: string;
}

export const failureFacts: Record<FailureClass, FailureFacts> = {
  rate_limit: {
    retryable: "yes",
    recovery: "wait_and_retry",
    publicMessage:
      "The model is receiving too many requests. Your question is queued and will be sent again; you can also stop and ask later.",
  },
  quota_exhausted: {
    retryable: "no",
    recovery: "switch_provider_or_alert",
    publicMessage:
      "The allowance for this model is used up. Waiting does not help; your question is kept, and an administrator can raise the limit.",
  },
  context_overflow: {
    retryable: "after_mutation",
    recovery: "shrink_context",
    publicMessage:
      "This conversation is longer than the model can read. Older turns are being condensed; you can also start a new conversation.",
  },
  provider_outage: {
    retryable: "yes",
    recovery: "retry_then_switch_provider",
    publicMessage:
      "The model's provider has a problem. It is being tried again, then another provider; you can retry at any time.",
  },
  network: {
    retryable: "yes",
    recovery: "retry_step",
    publicMessage: "The connection to the model was lost. This step is being repeated; nothing you wrote is lost.",
  },
  timeout: {
    retryable: "yes",
    recovery: "retry_step",
    publicMessage: "The model took too long to answer. This step is being repeated; a shorter question may help.",
  },
  stream_truncated: {
    retryable: "yes",
    recovery: "retry_step",
    publicMessage:
      "The answer stopped before it was complete. This step is being repeated and replaces the partial text.",
  },
  output_truncated: {
    retryable: "after_mutation",
    recovery: "continue_output",
    publicMessage: "The answer reached its length limit. You can continue it, or ask for something shorter.",
  },
  tool_call_parse: {
    retryable: "after_mutation",
    recovery: "reformulate_tool_call",
    publicMessage:
      "The model asked for an action in a form that could not be read. It is being asked to say it again; nothing was done yet.",
  },
  history_corrupt: {
    retryable: "after_mutation",
    recovery: "repair_history",
    publicMessage:
      "An earlier step of this conversation is incomplete. It is being repaired and your question sent again.",
  },
  content_filter: {
    retryable: "no",
    recovery: "explain",
    publicMessage:
      "The model's safety rules stopped this answer. Rephrasing the question may help; it was not sent again.",
  },
  auth: {
    retryable: "no",
    recovery: "switch_provider_or_alert",
    publicMessage:
      "The model refused our credentials. Your question is kept; an administrator needs to check the model's settings.",
  },
  model_not_found: {
    retryable: "no",
    recovery: "switch_provider_or_alert",
    publicMessage:
      "The configured model is not available. Choose another model, or ask an administrator to check its settings.",
  },
  payload_too_large: {
    retryable: "after_mutation",
    recovery: "shrink_payload",
    publicMessage:
      "What was sent is larger than the model accepts. Remove or shrink an attachment, or shorten the text, and send again.",
  },
  invalid_request: {
    retryable: "no",
    recovery: "explain",
    publicMessage:
      "The model could not accept this request. Your question is kept; copy the details for an administrator if it happens again.",
  },
  user_abort: {
    retryable: "no",
    recovery: "none",
    publicMessage: "You stopped this answer. Ask again whenever you like.",
  },
  none: { retryable: "no", recovery: "none", publicMessage: "The answer is complete." },
};
