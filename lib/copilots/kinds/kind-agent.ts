import { AbstractAgent, type AGUIEvent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/client";
import { convertMessagesToVercelAISDKMessages } from "@copilotkit/runtime/v2";
import type { ModelMessage } from "ai";
import { catchError, concat, defer, EMPTY, finalize, from, merge, type Observable, of, Subject, switchMap } from "rxjs";
import { filter, map, takeUntil } from "rxjs/operators";
import { injectedContext } from "@/lib/context/injected-context";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { choiceOf } from "@/lib/models/model-choice";
import { log } from "@/lib/telemetry/log";
import { type CopilotParts, defaultCopilotParts } from "../copilot";
import { describeFailure } from "../describe-failure";
import { budgetNotice, compactedEvent, meterEvent } from "../run-events";
import { KIND_CONTEXT, KIND_INSTRUCTIONS, type Kind } from "./kind";
import { KindRun } from "./kind-run";
import { StepMessages } from "./step-messages";

interface PreparedRun {
  agent: AbstractAgent;
  input: RunAgentInput;
  run: KindRun;
  /** What is known before the first request. */
  first: AGUIEvent[];
  /** What becomes known beside the agent's own events. */
  told: Subject<AGUIEvent>;
  close(): void;
}

/** One kind of BuiltInAgent on behalf of one verified caller, with what a copilot here owes: window, meter, usage, failure words. */
export class KindAgent extends AbstractAgent {
  private inner: AbstractAgent | undefined;
  private stopped = false;

  constructor(
    private readonly kind: Kind,
    private readonly identity: RequestIdentity,
    private readonly parts: Partial<CopilotParts> = {},
  ) {
    super({ agentId: kind.id, description: kind.description });
  }

  run(input: RunAgentInput): Observable<BaseEvent> {
    const { threadId, runId } = input;
    const started: BaseEvent = { type: EventType.RUN_STARTED, threadId, runId };
    const rest = defer(() => this.prepare(input)).pipe(
      switchMap((prepared) => this.answer(prepared)),
      catchError((error) => of(this.failure(input, error))),
    );
    return concat(of(started), rest);
  }

  override clone(): KindAgent {
    return new KindAgent(this.kind, this.identity, this.parts);
  }

  override abortRun(): void {
    this.stopped = true;
    this.inner?.abortRun();
  }

  private async prepare(input: RunAgentInput): Promise<PreparedRun> {
    const { models, meter, context } = { ...defaultCopilotParts(), ...this.parts };
    const { tenantId, userId, role } = this.identity;
    const { threadId, runId } = input;
    const serving = await models({ tenantId, copilotId: this.kind.id, choice: choiceOf(input.forwardedProps) });
    const [model] = serving;
    const reading = await context({ context: { tenantId, userId, role }, threadId, thread: input.messages });
    const instructions = KIND_INSTRUCTIONS + injectedContext(input.context, [KIND_CONTEXT]);
    const messages = convertMessagesToVercelAISDKMessages(input.messages) as ModelMessage[];
    const prompt = await reading.window.fit({ model, instructions, messages, tools: {}, pressure: 0 });
    const first = [meterEvent(reading.sent(model, prompt))];
    const compacted = reading.compacted();
    if (compacted) first.push(compactedEvent(compacted));
    const told = new Subject<AGUIEvent>();
    const run = new KindRun({
      model,
      models: serving,
      meter: meter({ tenantId, userId, threadId, runId, agent: this.kind.id }, (warning) =>
        told.next(budgetNotice(warning)),
      ),
      onSettled: (usage, costUsd) => {
        const update = reading.answered(model, usage, costUsd);
        if (update) told.next(meterEvent(update));
      },
    });
    // What stands for the oldest messages goes before the ones that are read as they are.
    const read = compacted && prompt.digested !== null ? input.messages.slice(compacted.messages) : input.messages;
    const digest =
      read === input.messages ? [] : [{ id: "digest", role: "user" as const, content: prompt.digested ?? "" }];
    // Neither page data nor tools come from the client: the instructions have the one, the kind the other.
    const given: RunAgentInput = { ...input, messages: [...digest, ...read], context: [], tools: [] };
    const agent = await this.kind.build({
      identity: this.identity,
      input: given,
      messages: prompt.messages,
      instructions,
      run,
    });
    this.inner = agent;
    if (this.stopped) throw new DOMException("stopped", "AbortError");
    return { agent, input: given, run, first, told, close: () => void reading.close(messages, null) };
  }

  private answer({ agent, input, run, first, told, close }: PreparedRun): Observable<BaseEvent> {
    const steps = new StepMessages();
    const ended = new Subject<void>();
    const answer = agent.run(input).pipe(
      // BuiltInAgent says a failure as an event with the provider's words, and then as an error, which has more to judge by.
      filter(({ type }) => type !== EventType.RUN_STARTED && type !== EventType.RUN_ERROR),
      map((event): BaseEvent => {
        const isLast = event.type === EventType.RUN_FINISHED && run.usage.length > 0;
        return isLast ? { ...event, usage: run.usage } : (steps.take(event as AGUIEvent) as BaseEvent);
      }),
      catchError((error) => (this.stopped ? EMPTY : of(this.failure(input, run.failureOf(error))))),
      finalize(() => {
        ended.next();
        close();
      }),
    );
    const beside = told.pipe(takeUntil(ended)) as Observable<BaseEvent>;
    return concat(from(first as BaseEvent[]), merge(beside, answer));
  }

  private failure({ threadId, runId }: RunAgentInput, error: unknown): BaseEvent {
    const described = describeFailure(error);
    log.warn({ event: "kind.failed", agent: this.kind.id, threadId, runId, code: described.code, err: error });
    return { type: EventType.RUN_ERROR, threadId, runId, ...described } as BaseEvent;
  }
}
