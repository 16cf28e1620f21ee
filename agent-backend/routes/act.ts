import { type BaseEvent, EventType } from "@ag-ui/core";
import { newId } from "@/db/ids";
import { type ActionResult, type Actor, runAction } from "../actions/actions";
import type { Intent } from "../execution/agent-definition";

export type ActIntent = Extract<Intent, { kind: "act" }>;

/** An action as a tool call, so that a chat shows what is done while it is, and what came of it; then the words about it. */
export async function* act(actor: Actor, ids: object, { action, input, tell }: ActIntent): AsyncGenerator<BaseEvent> {
  const toolCallId = `call_${crypto.randomUUID()}`;
  yield event(EventType.RUN_STARTED, ids);
  yield event(EventType.TOOL_CALL_START, { toolCallId, toolCallName: action });
  yield event(EventType.TOOL_CALL_ARGS, { toolCallId, delta: JSON.stringify(input) });
  yield event(EventType.TOOL_CALL_END, { toolCallId });
  const outcome = await runAction(actor, action, input);
  const result = outcome.ok ? outcome.result : { status: "refused", message: outcome.problem };
  const content = JSON.stringify(result);
  yield event(EventType.TOOL_CALL_RESULT, { toolCallId, messageId: newId("msg"), role: "tool", content });
  const messageId = newId("msg");
  const delta = result.status === "ok" ? tell(result) : failedInWords(result);
  yield event(EventType.TEXT_MESSAGE_START, { messageId, role: "assistant" });
  yield event(EventType.TEXT_MESSAGE_CONTENT, { messageId, delta });
  yield event(EventType.TEXT_MESSAGE_END, { messageId });
  yield event(EventType.RUN_FINISHED, { ...ids, outcome: { type: "success" } });
}

/** A refusal is the same the next time; a system that could not be reached may answer then. */
function failedInWords({ status, message }: ActionResult): string {
  return `${message} Nothing was changed${status === "refused" ? "." : "; ask again in a while."}`;
}

const event = (type: EventType, fields: object): BaseEvent => ({ type, ...fields }) as BaseEvent;
