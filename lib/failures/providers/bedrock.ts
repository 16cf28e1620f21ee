/** Amazon Bedrock: exception names (in `__type`, a header, or a stream event) and the Converse dialect. */
import { type Answer, addToolArguments, isObject, type JsonObject, objectsOf, textOf } from "../answer";
import type { ProviderRules } from "./provider-rules";

function readBlock(key: string, block: JsonObject, answer: Answer): void {
  if (textOf(block.text) !== "") answer.hasText = true;
  if (isObject(block.toolUse)) addToolArguments(answer, key, block.toolUse.input);
}

function readFrame(frame: JsonObject, answer: Answer): boolean {
  for (const [name, value] of Object.entries(frame)) {
    // In the stream an exception is an event named after it.
    if (/^[a-z]\w+Exception$/.test(name)) answer.errors.push({ ...(isObject(value) ? value : {}), code: name });
  }
  const output = isObject(frame.output) && isObject(frame.output.message) ? frame.output.message : null;
  objectsOf(output?.content).forEach((block, index) => {
    readBlock(String(index), block, answer);
  });
  const delta = isObject(frame.contentBlockDelta) ? frame.contentBlockDelta : null;
  const start = isObject(frame.contentBlockStart) ? frame.contentBlockStart : null;
  if (isObject(delta?.delta)) readBlock(String(delta.contentBlockIndex ?? 0), delta.delta, answer);
  if (isObject(start?.start)) readBlock(String(start.contentBlockIndex ?? 0), start.start, answer);
  const stop = isObject(frame.messageStop) ? frame.messageStop : frame;
  if (typeof stop.stopReason === "string") answer.finishReason = stop.stopReason;
  return (
    output !== null ||
    delta !== null ||
    start !== null ||
    stop !== frame ||
    "messageStart" in frame ||
    "contentBlockStop" in frame
  );
}

export const bedrock: ProviderRules = {
  names: ["bedrock", "aws", "amazon"],
  codes: {
    servicequotaexceededexception: "quota_exhausted",
    modelnotreadyexception: "provider_outage",
    modelerrorexception: "provider_outage",
    modelstreamerrorexception: "provider_outage",
    serviceunavailableexception: "provider_outage",
    serviceunavailable: "provider_outage",
    internalserverexception: "provider_outage",
    internalfailure: "provider_outage",
    modeltimeoutexception: "timeout",
    expiredtokenexception: "auth",
    expiredtoken: "auth",
    unrecognizedclientexception: "auth",
    invalidsignatureexception: "auth",
    incompletesignature: "auth",
    missingauthenticationtokenexception: "auth",
    credentialsprovidererror: "auth",
    tokenprovidererror: "auth",
    invalidclienttokenid: "auth",
    notauthorized: "auth",
    optinrequired: "auth",
    resourcenotfoundexception: "model_not_found",
    requestentitytoolargeexception: "payload_too_large",
  },
  familyCodes: {
    throttlingexception: "rate_limit",
    toomanyrequestsexception: "rate_limit",
    limitexceededexception: "rate_limit",
    accessdeniedexception: "auth",
  },
  vagueCodes: {
    validationexception: "invalid_request",
    validationerror: "invalid_request",
    conflictexception: "provider_outage",
  },
  messages: [
    [/tokens per day|tokens? per day, please wait/i, "quota_exhausted"],
    [/too many (tokens|requests|connections), please wait|request rate/i, "rate_limit"],
    [/input is too long for requested model/i, "context_overflow"],
    [/security token included in the request/i, "auth"],
  ],
  finishReasons: {
    end_turn: "none",
    tool_use: "none",
    stop_sequence: "none",
    max_tokens: "output_truncated",
    guardrail_intervened: "content_filter",
    content_filtered: "content_filter",
    malformed_model_output: "tool_call_parse",
    malformed_tool_use: "tool_call_parse",
    model_context_window_exceeded: "context_overflow",
  },
  readFrame,
};
