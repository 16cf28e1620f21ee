import { type AGUIEvent, EventType, type Message } from "@ag-ui/core";
import { ANSWER_REUSE_ACTIVITY, type AnswerReuse } from "@/contract/answers";
import { newId } from "@/db/ids";

/**
 * An earlier answer as the events of this run: the same tool calls, results, words and citations under ids of their own, and at the end
 * the note that says so. Later turns read it like any other answer.
 */
export function eventsOfAnswer(messages: readonly Message[], reuse: Omit<AnswerReuse, "messageId">): AGUIEvent[] {
  const ids = new Map<string, string>();
  const idOf = (id: string, prefix = "msg") => {
    const known = ids.get(id) ?? (prefix === "msg" ? newId("msg") : `call_${crypto.randomUUID()}`);
    ids.set(id, known);
    return known;
  };
  const events: AGUIEvent[] = [];
  let answerId: string | undefined;
  for (const message of messages) {
    const messageId = idOf(message.id);
    if (message.role === "assistant") {
      if (message.content) {
        answerId = messageId;
        events.push(
          { type: EventType.TEXT_MESSAGE_START, messageId, role: "assistant" },
          { type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta: message.content },
          { type: EventType.TEXT_MESSAGE_END, messageId },
        );
      }
      for (const call of message.toolCalls ?? []) {
        const toolCallId = idOf(call.id, "call");
        const { name: toolCallName, arguments: delta } = call.function;
        events.push({ type: EventType.TOOL_CALL_START, toolCallId, toolCallName, parentMessageId: messageId });
        if (delta) events.push({ type: EventType.TOOL_CALL_ARGS, toolCallId, delta });
        events.push({ type: EventType.TOOL_CALL_END, toolCallId });
      }
    } else if (message.role === "tool") {
      const { toolCallId, content } = message;
      const call = idOf(toolCallId, "call");
      events.push({ type: EventType.TOOL_CALL_RESULT, messageId, toolCallId: call, role: "tool", content });
    } else if (message.role === "activity") {
      const { activityType, content } = message;
      // It names the message that it belongs to.
      const named = typeof content.messageId === "string" ? { messageId: idOf(content.messageId) } : {};
      const id = answerId === undefined ? messageId : `${answerId}_${activityType}`;
      events.push({
        type: EventType.ACTIVITY_SNAPSHOT,
        messageId: id,
        activityType,
        content: { ...content, ...named },
        replace: true,
      });
    }
  }
  if (answerId !== undefined) {
    events.push({
      type: EventType.ACTIVITY_SNAPSHOT,
      messageId: `${answerId}_reuse`,
      activityType: ANSWER_REUSE_ACTIVITY,
      content: { messageId: answerId, ...reuse },
      replace: true,
    });
  }
  return events;
}
