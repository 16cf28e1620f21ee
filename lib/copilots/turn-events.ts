/**
 * A turn as AG-UI events. The one difficulty is an attempt that fails after people saw some of it: the repetition comes under the
 * same message ids and replaces what was shown. AG-UI has no event that takes text back, so the conversation is restated in a
 * MESSAGES_SNAPSHOT when, and only when, the repetition differs from what was shown.
 */
import { type AGUIEvent, EventType, type Message, type RunAgentInput } from "@ag-ui/client";
import type { TextStreamPart, ToolSet } from "ai";
import { RECOVERY_ACTIVITY, RECOVERY_EVENT, type RecoveryReceipt } from "@/contract/failures";
import { newId } from "@/db/ids";
import type { TurnPart } from "@/lib/models/turn";
import { isStandIn } from "@/lib/runs/history";
import { RunFold } from "@/lib/runs/run-fold";
import { type ShownKind, ShownText } from "./shown-parts";

interface ShownCall {
  ended: boolean;
  hasArguments: boolean;
}

export class TurnEvents {
  /** What the client has on its screen. */
  private readonly screen: RunFold;
  private texts: ShownText[] = [];
  /** How many texts of each kind the running attempt has begun. */
  private begun: Record<ShownKind, number> = { text: 0, reasoning: 0 };
  private current = new Map<string, ShownText>();
  private calls = new Map<string, ShownCall>();
  private stepMessageId = newId("msg");
  /** The answer so far: the newest message with text. */
  answerId: string | null = null;

  constructor(input: RunAgentInput) {
    this.screen = new RunFold(
      input.messages.filter((message) => !isStandIn(message)),
      input.state,
    );
  }

  /** The messages of this turn, as they stand. */
  messages(): Message[] {
    return this.screen.changed();
  }

  /** The texts of this turn by message id, as they stand. */
  answers(): Map<string, string> {
    return new Map(
      this.screen
        .changed()
        .flatMap(({ id, role, content }) =>
          role === "assistant" && typeof content === "string" ? [[id, content]] : [],
        ),
    );
  }

  /** The events of one part of the turn. */
  take(part: TurnPart): AGUIEvent[] {
    switch (part.type) {
      case "step-started":
        this.texts = [];
        this.stepMessageId = newId("msg");
        this.beginAttempt();
        return [];
      case "output":
        return this.output(part.part);
      case "attempt-failed":
        return this.fail();
      case "step-finished":
        return this.finishStep();
      case "prompt-fitted":
        return [];
      case "notice":
        return [this.show({ type: EventType.CUSTOM, name: RECOVERY_EVENT, value: part.notice })];
    }
  }

  /** The receipt under the answer of a turn that went wrong on the way. */
  receipt(receipt: Omit<RecoveryReceipt, "messageId">): AGUIEvent {
    const messageId = this.answerId;
    const content: RecoveryReceipt = { messageId, ...receipt };
    return this.show({
      type: EventType.ACTIVITY_SNAPSHOT,
      messageId: `${messageId ?? newId("msg")}_recovery`,
      activityType: RECOVERY_ACTIVITY,
      content: { ...content },
      replace: true,
    });
  }

  /** Ends what is open. What was shown of an answer that never came stays, for the reader to judge. */
  close(): AGUIEvent[] {
    return this.screen.open
      .closers({ status: "stopped", message: "The call was not finished." })
      .map((event) => this.show(event));
  }

  private output(part: TextStreamPart<ToolSet>): AGUIEvent[] {
    switch (part.type) {
      case "text-start":
      case "reasoning-start":
        this.begin(part.type === "text-start" ? "text" : "reasoning", part.id);
        return [];
      case "text-delta":
      case "reasoning-delta":
        return this.write(part.id, part.text);
      case "reasoning-end":
        return this.endOf(part.id);
      case "tool-input-start":
        return this.startCall(part.id, part.toolName);
      case "tool-input-delta":
        return this.callArguments(part.id, part.delta);
      case "tool-call":
        return this.endCall(part.toolCallId, part.toolName, part.input);
      case "tool-result":
        return part.preliminary ? [] : [this.result(part.toolCallId, part.output)];
      case "tool-error":
        return [this.result(part.toolCallId, { error: "This did not work just now." })];
      default:
        return [];
    }
  }

  private beginAttempt(): void {
    this.begun = { text: 0, reasoning: 0 };
    this.current = new Map();
    this.calls = new Map();
    for (const text of this.texts) text.written = null;
  }

  /** The n-th text of an attempt takes the place of the n-th of the attempt before. */
  private begin(kind: ShownKind, partId: string): void {
    const place = this.begun[kind]++;
    let text = this.texts.filter((known) => known.kind === kind)[place];
    if (!text) {
      const id = kind === "text" && place === 0 ? this.stepMessageId : newId("msg");
      text = new ShownText(kind, id);
      this.texts.push(text);
    }
    text.write("");
    this.current.set(`${kind} ${partId}`, text);
  }

  private write(partId: string, delta: string): AGUIEvent[] {
    // Ids are unique among the open parts of an attempt, of either kind.
    const text = this.current.get(`text ${partId}`) ?? this.current.get(`reasoning ${partId}`);
    if (!text || delta === "") return [];
    text.write(delta);
    return text.differs ? this.restate() : text.catchUp().map((event) => this.show(event));
  }

  private endOf(partId: string): AGUIEvent[] {
    const text = this.current.get(`reasoning ${partId}`);
    this.current.delete(`reasoning ${partId}`);
    return (text?.close() ?? []).map((event) => this.show(event));
  }

  private startCall(toolCallId: string, toolCallName: string): AGUIEvent[] {
    if (this.calls.has(toolCallId)) return [];
    this.calls.set(toolCallId, { ended: false, hasArguments: false });
    const { stepMessageId: parentMessageId } = this;
    return [
      // The call stands in the message of the step's text, which must not change under it.
      ...this.settleTexts(),
      this.show({ type: EventType.TOOL_CALL_START, toolCallId, toolCallName, parentMessageId }),
    ];
  }

  private callArguments(toolCallId: string, delta: string): AGUIEvent[] {
    const call = this.calls.get(toolCallId);
    if (!call || call.ended || delta === "") return [];
    call.hasArguments = true;
    return [this.show({ type: EventType.TOOL_CALL_ARGS, toolCallId, delta })];
  }

  private endCall(toolCallId: string, toolName: string, input: unknown): AGUIEvent[] {
    const events = this.startCall(toolCallId, toolName);
    const call = this.calls.get(toolCallId);
    if (!call || call.ended) return events;
    if (!call.hasArguments) events.push(...this.callArguments(toolCallId, JSON.stringify(input ?? {})));
    call.ended = true;
    events.push(this.show({ type: EventType.TOOL_CALL_END, toolCallId }));
    return events;
  }

  private result(toolCallId: string, output: unknown): AGUIEvent {
    const content = JSON.stringify(output ?? null);
    return this.show({
      type: EventType.TOOL_CALL_RESULT,
      messageId: newId("msg"),
      toolCallId,
      role: "tool",
      content,
    });
  }

  /** The calls of a failed attempt were not executed and are taken back at once; its text waits for what replaces it. */
  private fail(): AGUIEvent[] {
    const events: AGUIEvent[] = [];
    for (const text of this.texts) if (text.kind === "reasoning") events.push(...text.close());
    const calls = [...this.calls];
    for (const [toolCallId, { ended }] of calls) if (!ended) events.push({ type: EventType.TOOL_CALL_END, toolCallId });
    for (const event of events) this.show(event);
    for (const text of this.texts) text.written = text.shown;
    if (calls.length > 0) events.push(...this.restate(new Set(calls.map(([id]) => id))));
    this.beginAttempt();
    return events;
  }

  private finishStep(): AGUIEvent[] {
    return this.settleTexts();
  }

  /** Makes what is shown what was written, and ends it. */
  private settleTexts(): AGUIEvent[] {
    const events = this.texts.some((text) => text.stale) ? this.restate() : [];
    for (const text of this.texts) for (const event of text.close()) events.push(this.show(event));
    return events;
  }

  /** Says the whole conversation again, with this step's texts as they are written now and without the withdrawn calls. */
  private restate(withdrawn: ReadonlySet<string> = new Set()): AGUIEvent[] {
    const texts = new Map(this.texts.map((text) => [text.id, text]));
    const messages: Message[] = [];
    for (const message of this.screen.messages) {
      // Without any in the snapshot, a client keeps the activities that it has.
      if (message.role === "activity") continue;
      const text = texts.get(message.id);
      const restated = { ...message, ...(text && { content: text.written ?? "" }) } as Message;
      if (restated.role === "assistant" && restated.toolCalls) {
        const toolCalls = restated.toolCalls.filter(({ id }) => !withdrawn.has(id));
        if (toolCalls.length > 0) restated.toolCalls = toolCalls;
        else delete restated.toolCalls;
      }
      const empty = restated.role === "assistant" && !restated.content && !restated.toolCalls;
      const unsaid = text !== undefined && text.written === null && empty;
      if (!(empty && this.ownMessage(message.id)) && !unsaid) messages.push(restated);
    }
    const events: AGUIEvent[] = [];
    for (const text of this.texts) {
      // It is not in the snapshot, so that what comes under its id must begin it anew.
      if (!text.written) events.push(...text.close());
      text.shown = text.written ?? "";
    }
    events.push({ type: EventType.MESSAGES_SNAPSHOT, messages });
    return events.map((event) => this.show(event));
  }

  private ownMessage(id: string): boolean {
    return id === this.stepMessageId || this.texts.some((text) => text.id === id);
  }

  private show<E extends AGUIEvent>(event: E): E {
    this.screen.apply(event);
    if (event.type === EventType.TEXT_MESSAGE_START) this.answerId = event.messageId;
    return event;
  }
}
