import { AbstractAgent } from "@ag-ui/client";
import { type AGUIEvent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/core";
import { Observable } from "rxjs";

/** What a scripted agent may do between events. */
export interface Stage {
  input: RunAgentInput;
  signal: AbortSignal;
  wait(ms: number): Promise<void>;
}

export type Script = (stage: Stage) => AsyncIterable<AGUIEvent> | Iterable<AGUIEvent>;

/** An AG-UI agent that plays a script, and remembers whether it was aborted and what it was given. */
export class ScriptedAgent extends AbstractAgent {
  aborted = 0;
  inputs: RunAgentInput[] = [];
  resumable = false;
  private controller = new AbortController();

  constructor(private readonly script: Script) {
    super({ agentId: "scripted" });
  }

  run(input: RunAgentInput): Observable<BaseEvent> {
    this.inputs.push(input);
    this.controller = new AbortController();
    const { signal } = this.controller;
    const wait = (ms: number) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(new DOMException("aborted", "AbortError"));
        });
      });
    return new Observable((subscriber) => {
      const play = async () => {
        subscriber.next({ type: EventType.RUN_STARTED, threadId: input.threadId, runId: input.runId } as BaseEvent);
        for await (const event of this.script({ input, signal, wait })) {
          if (subscriber.closed) return;
          subscriber.next(event as BaseEvent);
        }
        subscriber.next({ type: EventType.RUN_FINISHED, threadId: input.threadId, runId: input.runId } as BaseEvent);
        subscriber.complete();
      };
      play().catch((error) => subscriber.error(error));
    });
  }

  /** Itself, so that a test that hands it to a runtime can still ask it what happened. */
  override clone(): this {
    return this;
  }

  override abortRun(): void {
    this.aborted++;
    this.controller.abort();
  }
}

export const text = {
  start: (messageId: string): AGUIEvent => ({ type: EventType.TEXT_MESSAGE_START, messageId, role: "assistant" }),
  delta: (messageId: string, delta: string): AGUIEvent => ({ type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta }),
  end: (messageId: string): AGUIEvent => ({ type: EventType.TEXT_MESSAGE_END, messageId }),
};

export const tool = {
  start: (toolCallId: string, toolCallName: string): AGUIEvent => ({
    type: EventType.TOOL_CALL_START,
    toolCallId,
    toolCallName,
  }),
  args: (toolCallId: string, delta: string): AGUIEvent => ({ type: EventType.TOOL_CALL_ARGS, toolCallId, delta }),
  end: (toolCallId: string): AGUIEvent => ({ type: EventType.TOOL_CALL_END, toolCallId }),
  result: (toolCallId: string, content: string): AGUIEvent => ({
    type: EventType.TOOL_CALL_RESULT,
    toolCallId,
    messageId: `${toolCallId}-result`,
    content,
    role: "tool",
  }),
};

/** `count` tokens, `gapMs` apart. */
export async function* streamText(
  stage: Stage,
  messageId: string,
  count: number,
  gapMs: number,
): AsyncGenerator<AGUIEvent> {
  yield text.start(messageId);
  for (let i = 0; i < count; i++) {
    if (gapMs > 0) await stage.wait(gapMs);
    yield text.delta(messageId, `t${i} `);
  }
  yield text.end(messageId);
}
