import { type AGUIEvent, EventType } from "@ag-ui/client";

/**
 * Gives what is said after a tool's result a message of its own. Some converters keep one message id for the whole run: the words after
 * a result would then stand in the message that called the tool, before the result that they speak of.
 */
export class StepMessages {
  private step = 0;

  take(event: AGUIEvent): AGUIEvent {
    switch (event.type) {
      case EventType.TOOL_CALL_RESULT:
        this.step++;
        return event;
      case EventType.TEXT_MESSAGE_CHUNK:
      case EventType.TEXT_MESSAGE_START:
      case EventType.TEXT_MESSAGE_CONTENT:
      case EventType.TEXT_MESSAGE_END:
        return { ...event, messageId: this.idOf(event.messageId) } as AGUIEvent;
      case EventType.TOOL_CALL_START:
        return { ...event, parentMessageId: this.idOf(event.parentMessageId) } as AGUIEvent;
      default:
        return event;
    }
  }

  private idOf(id: string | undefined): string | undefined {
    return id === undefined || this.step === 0 ? id : `${id}_${this.step}`;
  }
}
