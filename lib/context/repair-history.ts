import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from "ai";

type AssistantPart = Exclude<AssistantModelMessage["content"], string>[number];
type ToolCallPart = Extract<AssistantPart, { type: "tool-call" }>;
type ToolResultPart = Extract<ToolModelMessage["content"][number], { type: "tool-result" }>;

const NO_RESULT = "This call was interrupted; no result was recorded.";

/**
 * A history that every provider accepts: each tool call is followed at once by exactly one result, no result stands without its call,
 * no message is empty. A crash between a call and its result otherwise makes providers refuse the thread for ever. Some servers count
 * their call ids anew in each answer, so a result belongs to the nearest call before it. What is in order is returned unchanged.
 */
export function repairHistory(messages: readonly ModelMessage[]): ModelMessage[] {
  return messages.flatMap((message, at): ModelMessage[] => {
    // Results are placed behind their call; approval answers, which are the other kind, stay where they are.
    if (message.role === "tool") {
      const others = message.content.filter(({ type }) => type !== "tool-result");
      return others.length > 0 ? [{ ...message, content: others }] : [];
    }
    if (message.role !== "assistant" || typeof message.content === "string")
      return message.content === "" ? [] : [message];
    const content = message.content.filter(
      (part, i, all) => part.type !== "tool-call" || all.findIndex(sameCall(part)) === i,
    );
    if (content.length === 0) return [];
    const calls = content.filter((part) => part.type === "tool-call").filter((part) => !part.providerExecuted);
    const repaired = content.length === message.content.length ? message : { ...message, content };
    if (calls.length === 0) return [repaired];
    const results = calls.map((call) => resultAfter(messages, at, call) ?? noResult(call));
    return [repaired, { role: "tool", content: results }];
  });
}

const sameCall = (call: ToolCallPart) => (part: AssistantPart) =>
  part.type === "tool-call" && part.toolCallId === call.toolCallId;

function resultAfter(messages: readonly ModelMessage[], at: number, call: ToolCallPart): ToolResultPart | undefined {
  for (const message of messages.slice(at + 1)) {
    const found = resultsOf(message).find(({ toolCallId }) => toolCallId === call.toolCallId);
    if (found) return found;
    const calledAgain =
      message.role === "assistant" && typeof message.content !== "string" && message.content.some(sameCall(call));
    if (calledAgain) return undefined;
  }
  return undefined;
}

function noResult({ toolCallId, toolName }: ToolCallPart): ToolResultPart {
  return { type: "tool-result", toolCallId, toolName, output: { type: "error-text", value: NO_RESULT } };
}

function resultsOf(message: ModelMessage): ToolResultPart[] {
  if (message.role !== "tool") return [];
  return message.content.filter((part): part is ToolResultPart => part.type === "tool-result");
}

const FLAT_CHARS_MAX = 4_000;

/**
 * The same conversation without tool calls: what was called and what came back, told in words. The last resort for a provider that
 * refuses a history which is in order, as some do with calls that another provider's model made.
 */
export function flattenToolCalls(messages: readonly ModelMessage[]): ModelMessage[] {
  const flat = messages.flatMap((message): ModelMessage[] => {
    if (typeof message.content === "string" || message.role === "user" || message.role === "system") return [message];
    const told = message.content.map((part) => {
      if (part.type === "text") return part.text;
      if (part.type === "tool-result") return `[${part.toolName} returned ${short(part.output)}]`;
      return part.type === "tool-call" ? `[called ${part.toolName} with ${short(part.input)}]` : "";
    });
    const content = told.filter(Boolean).join("\n");
    // In the assistant's voice, so that a question and its answer stay one turn.
    return content === "" ? [] : [{ role: "assistant", content }];
  });
  // A conversation that ends with the assistant is taken for an answer to be continued word for word.
  if (messages.at(-1)?.role === "tool") flat.push({ role: "user", content: "[Answer with these results.]" });
  return flat;
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, FLAT_CHARS_MAX);
}
