import { type Message, MessageSchema } from "@ag-ui/core";

/**
 * Which of the client's messages are news. The server has the history; a client cannot rewrite it. Taken are user messages with an
 * unknown id, and results for tool calls that wait for one. Everything else (known ids, assistant, system and developer messages)
 * is not read at all.
 */
export function newMessages(history: readonly Message[], sent: readonly Message[]): Message[] {
  const known = new Set(history.map((message) => message.id));
  const waiting = unansweredToolCalls(history);
  const news: Message[] = [];
  for (const message of sent) {
    if (known.has(message.id)) continue;
    if (message.role === "tool" ? !waiting.delete(message.toolCallId) : message.role !== "user") continue;
    known.add(message.id);
    news.push(MessageSchema.parse(message));
  }
  return news;
}

function unansweredToolCalls(history: readonly Message[]): Set<string> {
  const calls = new Set<string>();
  for (const message of history) {
    if (message.role === "assistant") for (const call of message.toolCalls ?? []) calls.add(call.id);
    if (message.role === "tool") calls.delete(message.toolCallId);
  }
  return calls;
}

/**
 * The history as an agent may be given it. Markers of the page (activities) are left out. A tool call that never got its result (the
 * browser that should have answered is gone) gets one that says so: providers refuse a thread with a dangling call on every later turn.
 */
export function agentHistory(messages: readonly Message[]): Message[] {
  const dangling = unansweredToolCalls(messages);
  const history: Message[] = [];
  for (const message of messages) {
    if (message.role === "activity") continue;
    history.push(message);
    if (message.role !== "assistant") continue;
    for (const call of message.toolCalls ?? []) {
      if (!dangling.has(call.id)) continue;
      const content = JSON.stringify({ status: "unanswered", message: "No result was given for this call." });
      history.push({ id: `${call.id}${STAND_IN}`, role: "tool", toolCallId: call.id, content });
    }
  }
  return history;
}

const STAND_IN = "-unanswered";

/** True for a result that `agentHistory` put in for one that never came: it is in no thread and on no screen. */
export function isStandIn(message: Message): boolean {
  return message.role === "tool" && message.id === `${message.toolCallId}${STAND_IN}`;
}

/** The words of a message, for search: text parts only, without the NUL that Postgres text cannot hold. */
export function plainText(message: Message): string {
  if (message.role === "activity" || message.role === "tool" || message.role === "reasoning") return "";
  const content = message.content ?? "";
  const text =
    typeof content === "string"
      ? content
      : content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  return text.replaceAll("\0", "").toWellFormed();
}
