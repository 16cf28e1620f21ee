/** Ollama's own API: `{"error": "text"}`, and answers as JSON lines. Its text is often the only evidence. */
import { type Answer, addToolArguments, isObject, type JsonObject, objectsOf, textOf } from "../answer";
import type { ProviderRules } from "./provider-rules";

function readFrame(frame: JsonObject, answer: Answer): boolean {
  if (typeof frame.done !== "boolean") return false;
  const message = isObject(frame.message) ? frame.message : {};
  if (textOf(frame.response) !== "" || textOf(message.content) !== "") answer.hasText = true;
  for (const call of objectsOf(message.tool_calls)) {
    addToolArguments(answer, String(answer.toolArguments.size), isObject(call.function) ? call.function.arguments : "");
  }
  if (frame.done) answer.finishReason = textOf(frame.done_reason) || "stop";
  return true;
}

export const ollama: ProviderRules = {
  names: ["ollama"],
  messages: [
    [/model .{0,100}not found|try pulling it first|invalid model name/i, "model_not_found"],
    [/(hourly|session|weekly|daily) usage limit|upgrade .{0,40}(plan|limit)|usage limit/i, "quota_exhausted"],
    [/error parsing tool call|tool call parsing failed/i, "tool_call_parse"],
    [/exceeds maximum context length|input length exceeds|prompt too long; exceeded/i, "context_overflow"],
    [/server busy|maximum pending requests|runner|more system memory|unexpected EOF/i, "provider_outage"],
  ],
  finishReasons: { load: "none", unload: "none" },
  readFrame,
};
