import { mergeMetadata } from "@ag-ui/client";
import { type AGUIEvent, EventType, type Interrupt, type Message, type ToolCall } from "@ag-ui/core";
import jsonpatch, { type Operation } from "fast-json-patch";
import { OpenParts } from "./open-parts";

type AssistantMessage = Extract<Message, { role: "assistant" }>;
type EventOf<T extends EventType> = Extract<AGUIEvent, { type: T }>;
type Tagged = { metadata?: Record<string, unknown> | undefined };

/**
 * What a run's events amount to: messages, shared state, open interrupts, and what is still open. The rules are those of the
 * client's reducer (`defaultApplyEvents` of @ag-ui/client 0.0.59, compared with it in the tests), without its copy of the whole
 * history for every event: an older message is copied when it is first changed, and nothing else.
 */
export class RunFold {
  readonly open = new OpenParts();
  readonly messages: Message[];
  state: unknown;
  interrupts: Interrupt[] = [];
  private readonly changedIds = new Set<string>();
  private readonly toolOwner = new Map<string, string>();

  constructor(history: readonly Message[], state: unknown) {
    this.messages = [...history];
    this.state = state;
    for (const message of history) {
      if (message.role === "assistant")
        for (const call of message.toolCalls ?? []) this.toolOwner.set(call.id, message.id);
    }
  }

  /** The messages that this run made or changed, in thread order. */
  changed(): Message[] {
    return this.messages.filter((message) => this.changedIds.has(message.id));
  }

  apply(event: AGUIEvent): void {
    this.open.apply(event);
    switch (event.type) {
      case EventType.TEXT_MESSAGE_START:
        this.startText(event);
        break;
      case EventType.REASONING_MESSAGE_START: {
        const { messageId: id, subagentRunId } = event;
        const tags = subagentRunId === undefined ? {} : { subagentRunId };
        const found = this.find(id);
        const message: Message = found ? this.own(found) : this.add({ id, role: "reasoning", content: "", ...tags });
        merge(message as Tagged, event.metadata);
        break;
      }
      case EventType.TEXT_MESSAGE_CONTENT:
      case EventType.REASONING_MESSAGE_CONTENT: {
        const found = this.find(event.messageId);
        if (!found || found.role === "activity") break;
        const message = this.own(found) as { content?: unknown } & Tagged;
        message.content = (typeof message.content === "string" ? message.content : "") + event.delta;
        merge(message, event.metadata);
        break;
      }
      case EventType.TEXT_MESSAGE_END:
      case EventType.REASONING_MESSAGE_END: {
        const found = this.find(event.messageId);
        if (found && found.role !== "activity" && event.metadata) merge(this.own(found), event.metadata);
        break;
      }
      case EventType.TOOL_CALL_START: {
        const call = this.toolCall(event.toolCallId) ?? this.addToolCall(event);
        call.function.name = event.toolCallName;
        merge(call, event.metadata);
        break;
      }
      case EventType.TOOL_CALL_ARGS: {
        const call = this.toolCall(event.toolCallId);
        if (!call) break;
        call.function.arguments += event.delta;
        merge(call, event.metadata);
        break;
      }
      case EventType.TOOL_CALL_END: {
        const call = event.metadata && this.toolCall(event.toolCallId);
        if (call) merge(call, event.metadata);
        break;
      }
      case EventType.TOOL_CALL_RESULT:
        this.addToolResult(event);
        break;
      case EventType.STATE_SNAPSHOT:
        this.state = event.snapshot;
        break;
      case EventType.STATE_DELTA:
        this.state = patched(this.state, event.delta);
        break;
      case EventType.MESSAGES_SNAPSHOT:
        this.restate(event.messages);
        break;
      case EventType.ACTIVITY_SNAPSHOT:
        this.startActivity(event);
        break;
      case EventType.ACTIVITY_DELTA: {
        const found = this.find(event.messageId);
        if (found?.role !== "activity") break;
        const message = this.own(found);
        merge(message, event.metadata);
        message.content = patched(message.content, event.patch) as typeof message.content;
        message.activityType = event.activityType;
        break;
      }
      case EventType.REASONING_ENCRYPTED_VALUE:
        this.setEncryptedValue(event);
        break;
      case EventType.RUN_FINISHED:
        this.interrupts = event.outcome?.type === "interrupt" ? event.outcome.interrupts : [];
    }
  }

  private find(id: string): Message | undefined {
    // From the end: events are nearly always about the newest messages.
    return this.messages.findLast((message) => message.id === id);
  }

  private add<M extends Message>(message: M, at = this.messages.length): M {
    this.messages.splice(at, 0, message);
    this.changedIds.add(message.id);
    return message;
  }

  /** The message as this run's own to change; one of an earlier run is copied first. */
  private own<M extends Message>(message: M): M {
    if (this.changedIds.has(message.id)) return message;
    const copy = structuredClone(message);
    this.messages[this.messages.lastIndexOf(message)] = copy;
    this.changedIds.add(message.id);
    return copy;
  }

  private toolCall(id: string): ToolCall | undefined {
    const owner = this.find(this.toolOwner.get(id) ?? "");
    if (owner?.role !== "assistant") return undefined;
    return this.own(owner).toolCalls?.find((call) => call.id === id);
  }

  private startText(event: EventOf<EventType.TEXT_MESSAGE_START>): void {
    const { messageId: id, role, name, subagentRunId } = event;
    const found = this.find(id);
    if (found?.role === "activity") return;
    const tags = { ...(name !== undefined && { name }), ...(subagentRunId !== undefined && { subagentRunId }) };
    merge(found ? this.own(found) : this.add({ id, role, content: "", ...tags } as Message), event.metadata);
  }

  private setEncryptedValue(event: EventOf<EventType.REASONING_ENCRYPTED_VALUE>): void {
    if (event.subtype === "tool-call") {
      const call = this.toolCall(event.entityId);
      if (call) call.encryptedValue = event.encryptedValue;
      return;
    }
    const found = this.find(event.entityId);
    if (found && found.role !== "activity") this.own(found).encryptedValue = event.encryptedValue;
  }

  private addToolCall(event: EventOf<EventType.TOOL_CALL_START>): ToolCall {
    const parent = event.parentMessageId === undefined ? undefined : this.find(event.parentMessageId);
    const tags = event.subagentRunId === undefined ? {} : { subagentRunId: event.subagentRunId };
    const owner: AssistantMessage =
      parent?.role === "assistant"
        ? this.own(parent)
        : this.add({
            id: (parent ? undefined : event.parentMessageId) ?? event.toolCallId,
            role: "assistant",
            ...tags,
          });
    const call: ToolCall = {
      id: event.toolCallId,
      type: "function",
      function: { name: event.toolCallName, arguments: "" },
    };
    owner.toolCalls = [...(owner.toolCalls ?? []), call];
    this.toolOwner.set(call.id, owner.id);
    return call;
  }

  /** A result goes right behind the message that called, as providers demand. */
  private addToolResult(event: EventOf<EventType.TOOL_CALL_RESULT>): void {
    const tags = event.subagentRunId === undefined ? {} : { subagentRunId: event.subagentRunId };
    const message: Message = {
      id: event.messageId,
      toolCallId: event.toolCallId,
      role: "tool",
      content: event.content,
      ...tags,
    };
    merge(message, event.metadata);
    const owner = this.toolOwner.get(event.toolCallId);
    let at = this.messages.findIndex(({ id }) => id === owner) + 1;
    if (at === 0) at = this.messages.length;
    while (this.messages[at]?.role === "tool") at++;
    const existing = this.find(message.id);
    if (existing) this.messages.splice(this.messages.indexOf(existing), 1, message);
    else this.messages.splice(at, 0, message);
    this.changedIds.add(message.id);
  }

  private startActivity(event: EventOf<EventType.ACTIVITY_SNAPSHOT>): void {
    const { messageId: id, activityType, subagentRunId } = event;
    const content = structuredClone(event.content);
    const tags = subagentRunId === undefined ? {} : { subagentRunId };
    const found = this.find(id);
    if (found && event.replace === false) {
      if (found.role === "activity") merge(this.own(found), event.metadata);
      return;
    }
    const metadata = found?.role === "activity" ? found.metadata : undefined;
    const message: Message = { id, role: "activity", activityType, content, ...tags, ...(metadata && { metadata }) };
    merge(message, event.metadata);
    if (found) this.messages[this.messages.indexOf(found)] = message;
    else this.messages.push(message);
    this.changedIds.add(id);
  }

  /**
   * The agent restates the conversation. Its version of a message replaces ours, and messages of this run that it leaves out are
   * dropped (it renames what it streamed); what earlier runs stored stays, because the thread is only ever appended to.
   */
  private restate(restated: readonly Message[]): void {
    const byId = new Map(restated.map((message) => [message.id, message]));
    const has = (role: string) => restated.some((message) => message.role === role);
    const keepsRole = { activity: !has("activity"), reasoning: !has("reasoning") } as Record<
      string,
      boolean | undefined
    >;
    const kept: Message[] = [];
    for (const message of this.messages) {
      const version = byId.get(message.id);
      if (version) byId.delete(message.id);
      const older = !this.changedIds.has(message.id);
      if (!version && !older && !keepsRole[message.role]) this.changedIds.delete(message.id);
      else if (!version || JSON.stringify(version) === JSON.stringify(message)) kept.push(message);
      else {
        kept.push(structuredClone(version));
        this.changedIds.add(version.id);
      }
    }
    this.messages.splice(0, this.messages.length, ...kept);
    for (const message of byId.values()) this.add(structuredClone(message));
    this.toolOwner.clear();
    for (const message of this.messages) {
      if (message.role === "assistant")
        for (const call of message.toolCalls ?? []) this.toolOwner.set(call.id, message.id);
    }
  }
}

function merge(target: Tagged, metadata: Tagged["metadata"]): void {
  if (metadata !== undefined) target.metadata = mergeMetadata(target.metadata, structuredClone(metadata));
}

/** RFC 6902 as the client applies it: a patch that does not fit leaves the document as it is. */
function patched(document: unknown, patch: unknown[]): unknown {
  try {
    return jsonpatch.applyPatch(document ?? {}, structuredClone(patch) as Operation[], true, false).newDocument;
  } catch {
    return document;
  }
}
