import type { FailureClass, RecoveryAction } from "@/contract/failures";

/** Over a notice. */
export const failureTitle: Record<FailureClass, string> = {
  rate_limit: "Too many requests",
  quota_exhausted: "Allowance used up",
  context_overflow: "Conversation too long",
  provider_outage: "The provider has a problem",
  network: "Connection lost",
  timeout: "No answer in time",
  stream_truncated: "The answer broke off",
  output_truncated: "Length limit reached",
  tool_call_parse: "An action could not be read",
  history_corrupt: "Conversation not accepted",
  content_filter: "Stopped by a safety rule",
  auth: "Credentials refused",
  model_not_found: "Model not available",
  payload_too_large: "Too large to send",
  invalid_request: "Request not accepted",
  user_abort: "Stopped",
  none: "Complete",
};

/** What went wrong on the way, in a receipt. */
export const failureInPast: Record<FailureClass, string> = {
  rate_limit: "The model took no more requests",
  quota_exhausted: "The allowance was used up",
  context_overflow: "The conversation did not fit",
  provider_outage: "The provider had a problem",
  network: "The connection was lost",
  timeout: "The model was silent for too long",
  stream_truncated: "The answer broke off",
  output_truncated: "The answer reached its length limit",
  tool_call_parse: "An action could not be read",
  history_corrupt: "An earlier step was incomplete",
  content_filter: "A safety rule stopped the answer",
  auth: "The credentials were refused",
  model_not_found: "The model was not available",
  payload_too_large: "The request was too large",
  invalid_request: "The request was not accepted",
  user_abort: "It was stopped",
  none: "Nothing went wrong",
};

/** What was done about it, in a receipt. */
export const actionInPast: Record<RecoveryAction, string> = {
  wait: "Waited in line",
  retry: "Asked again",
  switch: "Asked the next model",
  shrink: "Condensed older turns",
  reformulate: "Asked for it in another form",
  repair: "Put the history in order",
  keep: "Kept what was said",
};
