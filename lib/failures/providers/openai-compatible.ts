/** The Chat Completions dialect and the codes and wordings that most OpenAI-compatible servers and gateways share. */
import { type Answer, addToolArguments, isObject, type JsonObject, objectsOf, textOf } from "../answer";
import type { ProviderRules } from "./provider-rules";

function readMessage(message: JsonObject, choiceIndex: string, answer: Answer): void {
  const content = message.content;
  if (textOf(content) !== "" || objectsOf(content).some((part) => textOf(part.text) !== "")) answer.hasText = true;
  if (textOf(message.refusal) !== "") answer.refused = true;
  objectsOf(message.tool_calls).forEach((call, position) => {
    const key = `${choiceIndex}:${String(call.index ?? position)}`;
    addToolArguments(answer, key, isObject(call.function) ? call.function.arguments : "");
  });
  if (isObject(message.function_call)) {
    addToolArguments(answer, `${choiceIndex}:function`, message.function_call.arguments);
  }
}

function readFrame(frame: JsonObject, answer: Answer): boolean {
  if (!Array.isArray(frame.choices)) return false;
  for (const choice of objectsOf(frame.choices)) {
    const index = String(choice.index ?? 0);
    if (isObject(choice.delta)) readMessage(choice.delta, index, answer);
    if (isObject(choice.message)) readMessage(choice.message, index, answer);
    if (textOf(choice.text) !== "") answer.hasText = true;
    if (typeof choice.finish_reason === "string") answer.finishReason = choice.finish_reason;
    if (isObject(choice.error)) answer.errors.push(choice.error);
  }
  return true;
}

export const openaiCompatible: ProviderRules = {
  names: [
    "openai-compatible",
    "compatible",
    "litellm",
    "lmstudio",
    "lm-studio",
    "together",
    "fireworks",
    "xai",
    "moonshot",
  ],
  codes: {
    insufficient_quota: "quota_exhausted",
    exceeded_current_quota_error: "quota_exhausted",
    insufficient_user_quota: "quota_exhausted",
    insufficient_balance: "quota_exhausted",
    insufficient_credits: "quota_exhausted",
    insufficient_funds: "quota_exhausted",
    credit_balance_exhausted: "quota_exhausted",
    billing_error: "quota_exhausted",
    budget_exceeded: "quota_exhausted",
    quota_exceeded: "quota_exhausted",
    usage_limit_reached: "quota_exhausted",
    usage_limit_exceeded: "quota_exhausted",
    usage_not_included: "quota_exhausted",
    arrearage: "quota_exhausted",
    context_length_exceeded: "context_overflow",
    exceed_context_size_error: "context_overflow",
    model_max_prompt_tokens_exceeded: "context_overflow",
    tokens_limit_reached: "context_overflow",
    contextwindowexceedederror: "context_overflow",
    contextoverflowerror: "context_overflow",
    content_filter: "content_filter",
    content_policy_violation: "content_filter",
    contentpolicyviolationerror: "content_filter",
    data_inspection_failed: "content_filter",
    datainspectionfailed: "content_filter",
    invalid_api_key: "auth",
    incorrect_api_key: "auth",
    invalid_authentication_error: "auth",
    model_not_found: "model_not_found",
    model_not_supported: "model_not_found",
    unknown_model: "model_not_found",
    invalid_model: "model_not_found",
    model_not_available: "model_not_found",
    payload_too_large: "payload_too_large",
    request_too_large: "payload_too_large",
    request_entity_too_large: "payload_too_large",
    engine_overloaded: "provider_outage",
    engine_overloaded_error: "provider_outage",
    overloaded_error: "provider_outage",
    overloaded: "provider_outage",
    unsupported_parameter: "invalid_request",
    unknown_parameter: "invalid_request",
  },
  codePatterns: [[/^throttling\.(rate|burst|concurrency)/, "rate_limit"]],
  familyCodes: {
    rate_limit_exceeded: "rate_limit",
    rate_limit_error: "rate_limit",
    rate_limit_reached_error: "rate_limit",
    rate_limit_reached: "rate_limit",
    ratelimitreached: "rate_limit",
    rate_limited: "rate_limit",
    ratelimiterror: "rate_limit",
    rate_limit: "rate_limit",
    too_many_requests: "rate_limit",
    toomanyrequests: "rate_limit",
    throttling_error: "rate_limit",
    throttling: "rate_limit",
    requests: "rate_limit",
    tokens: "rate_limit",
    authentication_error: "auth",
    authenticationerror: "auth",
    permission_error: "auth",
    permissiondeniederror: "auth",
    permission_denied: "auth",
    access_denied: "auth",
    unauthorized: "auth",
    not_found_error: "model_not_found",
    notfounderror: "model_not_found",
    service_unavailable: "provider_outage",
    service_unavailable_error: "provider_outage",
    server_error: "provider_outage",
    internal_error: "provider_outage",
    internal_server_error: "provider_outage",
    internalservererror: "provider_outage",
    serviceunavailableerror: "provider_outage",
    badgatewayerror: "provider_outage",
    bad_gateway: "provider_outage",
    upstream_error: "provider_outage",
    unavailable_error: "provider_outage",
    timeout_error: "timeout",
    timeout: "timeout",
    request_timeout: "timeout",
  },
  vagueCodes: {
    // Said of a stream that the organisation may not have, too: the message tells.
    unsupported_value: "invalid_request",
    invalid_request_error: "invalid_request",
    badrequesterror: "invalid_request",
    bad_request: "invalid_request",
    bad_request_error: "invalid_request",
    unprocessableentityerror: "invalid_request",
    validation_error: "invalid_request",
    api_error: "provider_outage",
    proxy_error: "provider_outage",
  },
  finishReasons: {
    stop: "none",
    tool_calls: "none",
    function_call: "none",
    eos: "none",
    eos_token: "none",
    stop_sequence: "none",
    length: "output_truncated",
    max_tokens: "output_truncated",
    content_filter: "content_filter",
    safety: "content_filter",
    sensitive: "content_filter",
    error: "provider_outage",
    network_error: "provider_outage",
    model_context_window_exceeded: "context_overflow",
  },
  readFrame,
};
