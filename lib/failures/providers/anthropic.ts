/** Anthropic Messages: docs.claude.com/en/api/errors, streaming events and stop reasons. Also its dialect on other clouds. */
import { type Answer, addToolArguments, isObject, type JsonObject, objectsOf, textOf } from "../answer";
import type { ProviderRules } from "./provider-rules";

function readBlock(key: string, block: JsonObject, answer: Answer): void {
  if (block.type === "text" && textOf(block.text) !== "") answer.hasText = true;
  if (block.type !== "tool_use") return;
  // A streamed call starts with an empty input that its deltas then replace.
  const started = isObject(block.input) && Object.keys(block.input).length > 0;
  addToolArguments(answer, key, started ? block.input : "");
}

function readFrame(frame: JsonObject, answer: Answer): boolean {
  const key = String(frame.index ?? 0);
  const delta = isObject(frame.delta) ? frame.delta : {};
  switch (frame.type) {
    case "message":
      objectsOf(frame.content).forEach((block, index) => {
        readBlock(String(index), block, answer);
      });
      if (typeof frame.stop_reason === "string") answer.finishReason = frame.stop_reason;
      return true;
    case "content_block_start":
      if (isObject(frame.content_block)) readBlock(key, frame.content_block, answer);
      return true;
    case "content_block_delta":
      if (textOf(delta.text) !== "") answer.hasText = true;
      if (delta.type === "input_json_delta") addToolArguments(answer, key, delta.partial_json);
      return true;
    case "message_delta":
      if (typeof delta.stop_reason === "string") answer.finishReason = delta.stop_reason;
      return true;
    case "message_start":
    case "content_block_stop":
    case "message_stop":
    case "ping":
      return true;
    default:
      return false;
  }
}

export const anthropic: ProviderRules = {
  names: ["anthropic", "claude"],
  codes: { conflict_error: "provider_outage" },
  messages: [
    [/extra usage is required for long context/i, "quota_exhausted"],
    [/you have reached your specified api usage limits/i, "quota_exhausted"],
    // "X would exceed your organization's rate limit", "... maximum usage increase rate": both pass with time.
    [/would exceed your (organization|account)['’]s (rate limit|maximum usage)|acceleration limit/i, "rate_limit"],
    [/exceed(ed|s)? your .{0,30}rate limit/i, "rate_limit"],
    [/`max_tokens` exceed context limit/i, "context_overflow"],
    [
      /`?(signature|thinking)`? .{0,40}(invalid|must|cannot be modified)|invalid `?signature|expected `?thinking/i,
      "history_corrupt",
    ],
    [/image exceeds \d+ ?mb/i, "payload_too_large"],
  ],
  finishReasons: {
    end_turn: "none",
    tool_use: "none",
    stop_sequence: "none",
    // The server paused a long turn; sending the answer back continues it.
    pause_turn: "none",
    max_tokens: "output_truncated",
    refusal: "content_filter",
    model_context_window_exceeded: "context_overflow",
  },
  readFrame,
};
