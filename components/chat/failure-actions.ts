import type { FailureClass } from "@/contract/failures";

/** What somebody can do about an answer that failed. */
export type FailureAction = "retry" | "edit" | "shorten" | "continue" | "new_conversation" | "copy_details";

const ACTIONS: Record<Exclude<FailureClass, "none">, FailureAction[]> = {
  rate_limit: ["retry"],
  quota_exhausted: ["copy_details"],
  context_overflow: ["new_conversation", "shorten"],
  provider_outage: ["retry", "copy_details"],
  network: ["retry", "copy_details"],
  timeout: ["retry", "shorten"],
  stream_truncated: ["retry", "copy_details"],
  output_truncated: ["continue", "shorten"],
  tool_call_parse: ["retry", "edit", "copy_details"],
  history_corrupt: ["new_conversation", "copy_details"],
  content_filter: ["edit"],
  auth: ["copy_details"],
  model_not_found: ["copy_details"],
  payload_too_large: ["shorten", "new_conversation"],
  invalid_request: ["edit", "copy_details"],
  user_abort: ["retry"],
};

/** Codes of our own under which the same question may be answered a moment later. */
const PASSING = ["rate_limited", "unavailable", "internal", "thread_not_created"];

/** The first is the one to offer most visibly. A code that is no class of the model's, such as a budget's, offers its details. */
export function failureActions(code: string): FailureAction[] {
  if (PASSING.includes(code)) return ["retry", "copy_details"];
  return Object.hasOwn(ACTIONS, code) ? ACTIONS[code as keyof typeof ACTIONS] : ["copy_details"];
}
