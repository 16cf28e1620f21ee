// A copilot is one agent of ours behind the runtime: instructions, tools and a model. This file is what they all share: it runs a turn
// of lib/models, which deals with whatever goes wrong, and makes a clean AG-UI stream of it.
import {
  AbstractAgent,
  type AGUIEvent,
  type BaseEvent,
  EventType,
  type Message,
  type RunAgentInput,
  type TokenUsage,
} from "@ag-ui/client";
import { convertMessagesToVercelAISDKMessages } from "@copilotkit/runtime/v2";
import type { ModelMessage, ToolSet } from "ai";
import { Observable } from "rxjs";
import { PROVIDER_STATUS_EVENT } from "@/contract/failures";
import type { TokenUpdate } from "@/contract/usage";
import { withRunner } from "@/db/with-tenant";
import { openRunMemory, type RunMemory, type RunMemoryParts } from "@/lib/answers/run-memory";
import { injectedContext } from "@/lib/context/injected-context";
import { RunContext, type RunContextParts } from "@/lib/context/run-context";
import type { Ask } from "@/lib/context/summarise";
import { scenariosEnabled } from "@/lib/env";
import { findScenario, type Scenario } from "@/lib/failures/scenarios/scenario";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { askModel } from "@/lib/models/ask-model";
import type { CallMeter } from "@/lib/models/call-meter";
import { choiceOf, servedTo } from "@/lib/models/model-choice";
import { ModelFailure } from "@/lib/models/model-failure";
import { type ModelHealth, modelHealth } from "@/lib/models/model-health";
import { ProviderNews } from "@/lib/models/provider-news";
import { defaultRecoverySettings, type RecoverySettings } from "@/lib/models/recovery-policy";
import { type ChatModel, chatModels, type ModelRequest, temperatureOf } from "@/lib/models/registry";
import { scenarioRun } from "@/lib/models/scenarios/scenario-run";
import { runTurn, type TurnReport } from "@/lib/models/turn";
import { settingsOf } from "@/lib/settings/get-settings";
import { log } from "@/lib/telemetry/log";
import { titleThread } from "@/lib/threads/rename-thread";
import type { BudgetWarning } from "@/lib/usage/ledger";
import { pricesOf } from "@/lib/usage/own-prices";
import { createRunMeter, type MeteredRun } from "@/lib/usage/run-meter";
import { describeFailure } from "./describe-failure";
import { budgetNotice, compactedEvent, meterEvent, tokenUsage } from "./run-events";
import { TurnEvents } from "./turn-events";

const STEPS_MAX = 6;
const SUMMARY_TIMEOUT_MS = 60_000;

/** What one run of a copilot is made of; built anew for each run, so that nothing is shared between tenants or turns. */
export interface CopilotTurn {
  instructions: string;
  tools: ToolSet;
  /** Events to add once the answer is complete, before the run finishes: its citations, say. */
  conclude?(answers: Map<string, string>): Promise<BaseEvent[]>;
}

export interface CopilotDefinition {
  id: string;
  description: string;
  temperature?: number;
  /** True when its tools change nothing: a turn whose process died is then answered again instead of being left half said. */
  readOnly?: boolean;
  /** Names under which its pages may tell what they show (`useAgentContext`); whatever comes under another is not read. */
  pageContext?: readonly string[];
  /** True when an answer depends on the question, the member's role and the tenant's documents alone, so that it may be given again. */
  repeatable?: boolean;
  begin(identity: RequestIdentity, input: RunAgentInput): CopilotTurn;
}

type Served = readonly [ChatModel, ...ChatModel[]];

/** What a run asks, counts and shares with other runs. The app's own by default; tests bring theirs. */
export interface CopilotParts {
  models(request: ModelRequest & { tenantId: string }): Served | Promise<Served>;
  meter(run: MeteredRun, onWarning: (warning: BudgetWarning) => void): CallMeter;
  context(parts: RunContextParts): Promise<RunContext>;
  memory(parts: RunMemoryParts): Promise<RunMemory | null>;
  health: ModelHealth;
  settings: RecoverySettings;
}

export function defaultCopilotParts(): CopilotParts {
  return {
    models: async ({ tenantId, ...request }) =>
      servedTo((await settingsOf(tenantId)).allowedModels, chatModels(request)),
    meter: (run, onWarning) =>
      createRunMeter(run, { doors: { withRunner }, prices: () => pricesOf(run.tenantId), onWarning }),
    context: (parts) => RunContext.open(parts),
    memory: (parts) => openRunMemory(parts),
    health: modelHealth(),
    settings: defaultRecoverySettings,
  };
}

/** What an answer came to. */
interface Answered {
  usage: TokenUsage[];
  /** Null without a known price. */
  costUsd: number | null;
  /** True when nothing went wrong on the way. */
  sound: boolean;
}

/** One copilot on behalf of one verified caller. */
export class Copilot extends AbstractAgent {
  private stop = new AbortController();

  /** Read by the runner: a turn that may be answered again survives a shutdown. */
  get resumable(): boolean {
    return this.definition.readOnly === true;
  }

  constructor(
    private readonly definition: CopilotDefinition,
    private readonly identity: RequestIdentity,
    private readonly parts: Partial<CopilotParts> = {},
  ) {
    super({ agentId: definition.id, description: definition.description });
  }

  /** The turn as AG-UI events. A failure is one RUN_ERROR with our code and words; the provider's own message never leaves. */
  run(input: RunAgentInput): Observable<BaseEvent> {
    return new Observable((subscriber) => {
      const stop = new AbortController();
      this.stop = stop;
      const play = async () => {
        for await (const event of this.events(input, stop.signal)) {
          if (subscriber.closed) return;
          subscriber.next(event);
        }
        subscriber.complete();
      };
      play().catch((error) => subscriber.error(error));
      return () => stop.abort();
    });
  }

  override clone(): Copilot {
    return new Copilot(this.definition, this.identity, this.parts);
  }

  override abortRun(): void {
    this.stop.abort();
  }

  private async *events(input: RunAgentInput, signal: AbortSignal): AsyncGenerator<AGUIEvent> {
    const { threadId, runId } = input;
    yield { type: EventType.RUN_STARTED, threadId, runId };
    const shown = new TurnEvents(input);
    try {
      const turn = this.definition.begin(this.identity, input);
      this.title(input);
      const memory = await this.memory(turn, input);
      const again = await memory?.recall();
      if (again) {
        yield* again;
        yield { type: EventType.RUN_FINISHED, threadId, runId };
        return;
      }
      const { usage, costUsd, sound } = yield* this.answer(turn, input, shown, signal);
      const concluded = await conclusion(turn, shown);
      yield* concluded;
      // What cites nothing was found nowhere, or was no question.
      if (sound && concluded.length > 0) await memory?.keep([...shown.messages(), ...activitiesOf(concluded)], costUsd);
      yield { type: EventType.RUN_FINISHED, threadId, runId, ...(usage.length > 0 && { usage }) };
    } catch (error) {
      yield* shown.close();
      const stopped = error instanceof ModelFailure && error.failure.class === "user_abort";
      // A stop is what the person wanted and no failure.
      if (stopped) yield { type: EventType.RUN_FINISHED, threadId, runId, result: { reason: "stopped" } };
      else yield { type: EventType.RUN_ERROR, threadId, runId, ...describeFailure(error) } as AGUIEvent;
    }
  }

  private async *answer(
    { instructions: own, tools }: CopilotTurn,
    input: RunAgentInput,
    shown: TurnEvents,
    signal: AbortSignal,
  ): AsyncGenerator<AGUIEvent, Answered> {
    const { models, meter, context, ...usual } = { ...defaultCopilotParts(), ...this.parts };
    const { tenantId, userId, role } = this.identity;
    const { threadId, runId } = input;
    const warnings: BudgetWarning[] = [];
    const run = { tenantId, userId, threadId, runId, agent: this.definition.id };
    const choice = choiceOf(input.forwardedProps);
    const offered = await models({ tenantId, copilotId: this.definition.id, choice });
    const scenario = this.scenarioOf(input);
    const asking = {
      ...usual,
      models: offered,
      ...(scenario && scenarioRun(scenario, offered)),
      meter: meter(run, (warning) => warnings.push(warning)),
      report: (event: TurnReport) => this.report(input, event),
    };
    const instructions = own + injectedContext(input.context, this.definition.pageContext ?? []);
    const reading = await context({ context: { tenantId, userId, role }, threadId, thread: input.messages });
    // The helper is typed for the runtime's own AI SDK version; the message shapes are the same.
    const messages = convertMessagesToVercelAISDKMessages(input.messages) as ModelMessage[];
    const usage: TokenUsage[] = [];
    const news = new ProviderNews(asking.models, asking.health.breakers);
    let last: TokenUpdate | null = null;
    let sound = true;
    const parts = runTurn({
      ...asking,
      instructions,
      messages,
      tools,
      stepsMax: STEPS_MAX,
      temperature: temperatureOf(this.definition.id) ?? this.definition.temperature,
      signal,
      window: reading.window,
    });
    try {
      let next = await parts.next();
      for (; !next.done; next = await parts.next()) {
        const part = next.value;
        for (const warning of warnings.splice(0)) yield budgetNotice(warning);
        if (part.type === "prompt-fitted") {
          yield meterEvent(reading.sent(part.model, part.prompt));
          const value = reading.compacted();
          if (value) yield compactedEvent(value);
        }
        yield* shown.take(part);
        const status = news.latest();
        if (status) yield { type: EventType.CUSTOM, name: PROVIDER_STATUS_EVENT, value: status };
        if (part.type !== "step-finished") continue;
        usage.push(tokenUsage(part));
        const update = reading.answered(part.model, part.usage, part.costUsd);
        if (!update) continue;
        last = update;
        yield meterEvent(update);
      }
      sound = next.value.receipt === null;
      if (next.value.receipt) yield shown.receipt(next.value.receipt);
    } finally {
      // A reader that goes away in the middle ends the turn with it.
      await parts.return(undefined as never);
      const ask: Ask = (system, question) =>
        askModel({ ...asking, signal: AbortSignal.timeout(SUMMARY_TIMEOUT_MS) }, system, question);
      // In the background: nobody waits for the summary of what they have read.
      void reading.close(messages, scenario || asking.models[0].offline ? null : ask);
    }
    this.recordAnswer(input, last);
    return { usage, costUsd: last?.estimated_cost_usd ?? null, sound };
  }

  /** One line a run with what it came to, for whoever asks later where the tokens went. */
  private recordAnswer({ threadId, runId }: RunAgentInput, update: TokenUpdate | null): void {
    if (!update) return;
    const { model, tokens_used, context_utilization, cached_tokens, reasoning_tokens, estimated_cost_usd } = update;
    const where = { tenantId: this.identity.tenantId, agent: this.definition.id, threadId, runId, model };
    const came = { tokens_used, context_utilization, cached_tokens, reasoning_tokens, estimated_cost_usd };
    log.info({ event: "run.answered", ...where, ...came, compacted: update.compacted.messages });
  }

  /** Of answers to repeat; null where this one depends on more than the question. */
  private async memory({ instructions }: CopilotTurn, input: RunAgentInput): Promise<RunMemory | null> {
    const { id: agent, repeatable, pageContext = [] } = this.definition;
    if (!repeatable || injectedContext(input.context, pageContext) !== "" || this.scenarioOf(input)) return null;
    const { models, memory } = { ...defaultCopilotParts(), ...this.parts };
    const { tenantId, userId, role } = this.identity;
    const [model] = await models({ tenantId, copilotId: agent, choice: choiceOf(input.forwardedProps) });
    return memory({ context: { tenantId, userId, role }, agent, instructions, model, input });
  }

  /** The failure that an administrator wants to see in this run. The gateway has checked it; who may is checked here again. */
  private scenarioOf({ forwardedProps }: RunAgentInput): Scenario | null {
    const { scenario } = (forwardedProps ?? {}) as { scenario?: unknown };
    if (typeof scenario !== "string" || !scenariosEnabled() || this.identity.role !== "admin") return null;
    return findScenario(scenario);
  }

  /** Titles write themselves, beside the answer: a thread that cannot be titled just now still answers. */
  private title(input: RunAgentInput): void {
    const question = input.messages.find((message) => message.role === "user")?.content;
    if (typeof question === "string") titleThread(this.identity, input.threadId, question).catch(() => {});
  }

  private report(input: RunAgentInput, event: TurnReport): void {
    const { threadId, runId } = input;
    const scenario = this.scenarioOf(input)?.name;
    const where = { tenantId: this.identity.tenantId, agent: this.definition.id, threadId, runId, scenario };
    if (event.kind === "failed_tool") {
      log.warn({ event: "tool.failed", ...where, tool: event.toolName, err: event.error });
      return;
    }
    const { failure, model, action, cause } = event;
    const detail = { class: failure.class, action, provider: model.provider, model: model.modelId, err: cause };
    // Nobody but an operator can make these right, whether or not another model answered.
    const alert = failure.recovery === "switch_provider_or_alert";
    log[alert ? "error" : "warn"]({ event: alert ? "model.alert" : "model.failed", ...where, ...detail });
  }
}

async function conclusion(turn: CopilotTurn, shown: TurnEvents): Promise<AGUIEvent[]> {
  try {
    return ((await turn.conclude?.(shown.answers())) ?? []) as AGUIEvent[];
  } catch (error) {
    // An answer without its citations is still an answer: it must not be lost because they could not be checked just now.
    log.warn({ event: "copilot.conclude", err: error });
    return [];
  }
}

/** Activities as the messages that they become in the thread. */
function activitiesOf(events: readonly AGUIEvent[]): Message[] {
  return events.flatMap((event): Message[] => {
    if (event.type !== EventType.ACTIVITY_SNAPSHOT) return [];
    const { messageId: id, activityType, content } = event;
    return [{ id, role: "activity", activityType, content }];
  });
}
