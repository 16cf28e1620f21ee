/** OpenAI: the Responses dialect and the codes of platform.openai.com/docs/guides/error-codes. Chat is openai-compatible. */
import { type Answer, addToolArguments, isObject, type JsonObject, objectsOf, textOf } from "../answer";
import type { ProviderRules } from "./provider-rules";

function readItem(item: JsonObject, answer: Answer): void {
  if (item.type === "function_call" && typeof item.arguments === "string") {
    answer.toolArguments.set(textOf(item.id) || textOf(item.call_id), item.arguments);
  }
  for (const part of objectsOf(item.content)) {
    if (textOf(part.text) !== "") answer.hasText = true;
    if (textOf(part.refusal) !== "") answer.refused = true;
  }
}

function readResponse(response: JsonObject, answer: Answer): void {
  for (const item of objectsOf(response.output)) readItem(item, answer);
  const incomplete = isObject(response.incomplete_details) ? textOf(response.incomplete_details.reason) : "";
  if (response.status === "completed") answer.finishReason = "completed";
  // Some servers leave the details out; then the limit is by far the likeliest reason.
  if (response.status === "incomplete") answer.finishReason = incomplete || "max_output_tokens";
  if (response.status === "failed") {
    answer.finishReason = "failed";
    answer.errors.push(isObject(response.error) ? response.error : { type: "server_error" });
  }
}

function readFrame(frame: JsonObject, answer: Answer): boolean {
  if (frame.object === "response") {
    readResponse(frame, answer);
    return true;
  }
  const type = textOf(frame.type);
  if (!type.startsWith("response.")) return false;
  if (/^response\.(completed|incomplete|failed)$/.test(type)) {
    readResponse(
      { status: type.slice("response.".length), ...(isObject(frame.response) ? frame.response : {}) },
      answer,
    );
  } else if (type === "response.output_text.delta" && textOf(frame.delta) !== "") answer.hasText = true;
  else if (type.startsWith("response.refusal.")) answer.refused = true;
  else if (type === "response.function_call_arguments.delta") {
    addToolArguments(answer, textOf(frame.item_id), frame.delta);
  } else if (type === "response.function_call_arguments.done" && typeof frame.arguments === "string") {
    answer.toolArguments.set(textOf(frame.item_id), frame.arguments);
  } else if (type === "response.output_item.done" && isObject(frame.item)) readItem(frame.item, answer);
  return true;
}

export const openai: ProviderRules = {
  names: ["openai"],
  codes: {
    billing_hard_limit_reached: "quota_exhausted",
    billing_not_active: "quota_exhausted",
    slow_down: "rate_limit",
    server_is_overloaded: "provider_outage",
    account_deactivated: "auth",
    access_terminated: "auth",
    invalid_organization: "auth",
    mismatched_organization: "auth",
    unsupported_country_region_territory: "auth",
    ip_not_authorized: "auth",
    moderation_blocked: "content_filter",
    cyber_policy_violation: "content_filter",
    image_content_policy_violation: "content_filter",
    bio_policy: "content_filter",
    cyber_policy: "content_filter",
    previous_response_not_found: "history_corrupt",
    invalid_encrypted_content: "history_corrupt",
    vector_store_timeout: "timeout",
    image_too_large: "payload_too_large",
    image_file_too_large: "payload_too_large",
  },
  vagueCodes: { invalid_prompt: "invalid_request", string_above_max_length: "invalid_request" },
  messages: [
    [/engine is currently overloaded/i, "provider_outage"],
    // A rolling daily limit that says when it frees up is still waited for.
    [/rate limit reached for/i, "rate_limit"],
    [/limited access to this content|for safety reasons/i, "content_filter"],
    [/organization must be verified/i, "auth"],
  ],
  finishReasons: { completed: "none", max_output_tokens: "output_truncated", failed: "provider_outage" },
  readFrame,
};
