import { type AGUIEvent, EventType, type Message } from "@ag-ui/core";

interface OpenToolCall {
  ended: boolean;
  answered: boolean;
}

/** What a run has begun and not yet ended: `verifyEvents` lets no run finish over it, and an interrupted run must close it. */
export class OpenParts {
  private readonly texts = new Set<string>();
  private readonly reasoningTexts = new Set<string>();
  private readonly reasoning = new Set<string>();
  private readonly toolCalls = new Map<string, OpenToolCall>();
  private readonly steps = new Map<string, { stepName: string; subagentRunId?: string }>();
  private readonly subagents = new Set<string>();

  apply(event: AGUIEvent): void {
    switch (event.type) {
      case EventType.TEXT_MESSAGE_START:
        this.texts.add(event.messageId);
        break;
      case EventType.TEXT_MESSAGE_END:
        this.texts.delete(event.messageId);
        break;
      case EventType.REASONING_START:
        this.reasoning.add(event.messageId);
        break;
      case EventType.REASONING_END:
        this.reasoning.delete(event.messageId);
        break;
      case EventType.REASONING_MESSAGE_START:
        this.reasoningTexts.add(event.messageId);
        break;
      case EventType.REASONING_MESSAGE_END:
        this.reasoningTexts.delete(event.messageId);
        break;
      case EventType.TOOL_CALL_START:
        this.toolCalls.set(event.toolCallId, { ended: false, answered: false });
        break;
      case EventType.TOOL_CALL_END:
        this.settle(event.toolCallId, { ended: true });
        break;
      case EventType.TOOL_CALL_RESULT:
        this.settle(event.toolCallId, { answered: true });
        break;
      case EventType.MESSAGES_SNAPSHOT:
        this.forgetWithdrawn(event.messages);
        break;
      case EventType.STEP_STARTED:
        this.steps.set(stepKey(event), { stepName: event.stepName, subagentRunId: event.subagentRunId });
        break;
      case EventType.STEP_FINISHED:
        this.steps.delete(stepKey(event));
        break;
      case EventType.SUBAGENT_STARTED:
        this.subagents.add(event.subagentRunId);
        break;
      case EventType.SUBAGENT_FINISHED:
      case EventType.SUBAGENT_ERROR:
        this.subagents.delete(event.subagentRunId);
    }
  }

  hasText(messageId: string): boolean {
    return this.texts.has(messageId);
  }

  /**
   * The events that end what is open. With `unanswered`, also a result for every tool call that has none: a call without a result
   * makes providers refuse the thread for ever. A run that finishes by itself may leave calls to the browser, so it passes none.
   */
  closers(unanswered?: { status: string; message: string }): AGUIEvent[] {
    const events: AGUIEvent[] = [];
    for (const messageId of this.texts) events.push({ type: EventType.TEXT_MESSAGE_END, messageId });
    for (const messageId of this.reasoningTexts) events.push({ type: EventType.REASONING_MESSAGE_END, messageId });
    for (const messageId of this.reasoning) events.push({ type: EventType.REASONING_END, messageId });
    for (const [toolCallId, call] of this.toolCalls) {
      if (!call.ended) events.push({ type: EventType.TOOL_CALL_END, toolCallId });
      if (call.answered || !unanswered) continue;
      const content = JSON.stringify(unanswered);
      events.push({
        type: EventType.TOOL_CALL_RESULT,
        toolCallId,
        messageId: `${toolCallId}-result`,
        role: "tool",
        content,
      });
    }
    for (const { stepName, subagentRunId } of this.steps.values()) {
      events.push({ type: EventType.STEP_FINISHED, stepName, ...(subagentRunId !== undefined && { subagentRunId }) });
    }
    for (const subagentRunId of this.subagents) {
      if (unanswered) events.push({ type: EventType.SUBAGENT_ERROR, subagentRunId, message: unanswered.message });
      else events.push({ type: EventType.SUBAGENT_FINISHED, subagentRunId });
    }
    return events;
  }

  /** A restated conversation without a call that was ended says that the call does not stand; it will have no result. */
  private forgetWithdrawn(messages: readonly Message[]): void {
    const standing = new Set(
      messages.flatMap((message) =>
        message.role === "assistant" ? (message.toolCalls ?? []).map(({ id }) => id) : [],
      ),
    );
    for (const [id, call] of this.toolCalls) if (call.ended && !standing.has(id)) this.toolCalls.delete(id);
  }

  private settle(toolCallId: string, change: Partial<OpenToolCall>): void {
    const call = this.toolCalls.get(toolCallId);
    if (!call) return;
    Object.assign(call, change);
    if (call.ended && call.answered) this.toolCalls.delete(toolCallId);
  }
}

/** Two agents of one run may each have a step of the same name open. */
function stepKey(event: { stepName: string; subagentRunId?: string | undefined }): string {
  return JSON.stringify([event.subagentRunId ?? null, event.stepName]);
}
