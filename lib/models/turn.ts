/**
 * One turn of a copilot, whatever goes wrong on the way: steps of a model and its tools until it has answered. Every request passes
 * strict-call.ts, which says whether it was an answer; recovery-policy.ts says what to do when it was not, serving-model.ts which
 * model is asked; here it is done. A step counts only when it is complete: a failed attempt leaves nothing in the model's history and
 * runs no tool.
 *
 * Output is passed on as it comes. After an attempt that failed, `attempt-failed` says that what it showed does not stand.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ModelMessage, TextStreamPart, ToolSet } from "ai";
import type { FailureClass, RecoveryAction, RecoveryNotice, RecoveryReceipt } from "@/contract/failures";
import { flattenToolCalls, repairHistory } from "@/lib/context/repair-history";
import type { Failure } from "@/lib/failures/classify";
import { type AttemptEnd, attemptStep } from "./attempt";
import {
  type CallMeter,
  type CallUsage,
  type FittedPrompt,
  freeMeter,
  openWindow,
  type PromptWindow,
} from "./call-meter";
import { guardTools } from "./guarded-tools";
import { failureNamed, ModelFailure } from "./model-failure";
import { type ModelHealth, modelHealth, modelKey } from "./model-health";
import { noticeMessage } from "./notice-message";
import { RecoveryLog } from "./recovery-log";
import { type Decision, decideRecovery, defaultRecoverySettings, type RecoverySettings } from "./recovery-policy";
import type { ChatModel } from "./registry";
import { ServingModel } from "./serving-model";
import type { Patience } from "./strict-call";
import { reformulationRequest, SHORTER_REQUEST } from "./tool-calls";

export interface TurnOptions {
  /** In the order in which they are asked. */
  models: readonly [ChatModel, ...ChatModel[]];
  instructions: string;
  messages: readonly ModelMessage[];
  tools: ToolSet;
  stepsMax: number;
  temperature?: number;
  /** The person's stop: everything ends at once. */
  signal: AbortSignal;
  window?: PromptWindow;
  meter?: CallMeter;
  health?: ModelHealth;
  settings?: RecoverySettings;
  /** For the log: failures, some of which an operator should hear of, and what tools threw. */
  report?: (event: TurnReport) => void;
}

export type TurnReport =
  | { kind: "failed_attempt"; failure: Failure; model: ChatModel; action: Decision["action"]; cause: unknown }
  | { kind: "failed_tool"; toolName: string; error: unknown };

export type TurnPart =
  | { type: "step-started" }
  | { type: "prompt-fitted"; model: ChatModel; prompt: FittedPrompt }
  | { type: "output"; part: TextStreamPart<ToolSet> }
  | { type: "attempt-failed"; failure: Failure }
  | { type: "notice"; notice: RecoveryNotice }
  | { type: "step-finished"; model: ChatModel; usage: CallUsage; costUsd: number | null };

export interface TurnResult {
  /** Null when nothing went wrong. */
  receipt: Omit<RecoveryReceipt, "messageId"> | null;
}

/** Runs the turn. Throws ModelFailure when it cannot be answered or was stopped, and what the meter throws. */
export async function* runTurn(options: TurnOptions): AsyncGenerator<TurnPart, TurnResult> {
  const turn = new Turn(options);
  for (let step = 0; step < options.stepsMax; step++) {
    yield { type: "step-started" };
    if (!(yield* turn.step())) break;
  }
  return { receipt: turn.receipt() };
}

type Failed = Extract<AttemptEnd, { ok: false }>;

/** Failures that say something about the model itself and not about this one request. */
const MODEL_AT_FAULT: readonly FailureClass[] = ["provider_outage", "network", "timeout", "stream_truncated"];

/** What was tried of one step with one model. */
const untried = () => ({ quickRetries: 0, waits: 0 });

class Turn {
  private readonly startedAt = Date.now();
  private readonly settings: RecoverySettings;
  private readonly health: ModelHealth;
  private readonly tools: ToolSet;
  private readonly log = new RecoveryLog();
  private readonly serving: ServingModel;
  private messages: ModelMessage[];
  private pressure: 0 | 1 | 2 = 0;
  private repetitions = 0;
  private repairs = 0;
  private tried = untried();
  private reformulations = 0;
  /** What the model is told beside the conversation, about its failed attempt. */
  private request: string | null = null;
  private announced = false;

  constructor(private readonly options: TurnOptions) {
    this.settings = options.settings ?? defaultRecoverySettings;
    this.health = options.health ?? modelHealth();
    this.messages = repairHistory(options.messages);
    this.serving = new ServingModel(options.models, this.health, this.settings.queueWaitMsMax);
    const onError = (toolName: string, error: unknown) => options.report?.({ kind: "failed_tool", toolName, error });
    this.tools = guardTools(options.tools, onError);
  }

  receipt(): TurnResult["receipt"] {
    return this.log.receipt(this.serving.standIn);
  }

  /** One step of the model, asked for until it is complete. Returns whether its tools' results want an answer. */
  async *step(): AsyncGenerator<TurnPart, boolean> {
    this.tried = untried();
    this.reformulations = 0;
    this.request = null;
    // What was condensed stays condensed. But a step that asks with more than the last one, such as what its tools found, is measured
    // anew: cut to a share of itself it could no longer be read.
    this.pressure = 0;
    const ticket = this.health.queues.takeTicket();
    while (true) {
      yield* this.chooseModel();
      yield* this.standInLine(ticket);
      const end = yield* this.attempt();
      if (end.ok) return end.wantsAnswer;
      yield { type: "attempt-failed", failure: end.failure };
      yield* this.recover(end);
    }
  }

  /** Keeps the model that serves unless it is given up or best left alone for now. Throws when no other is left. */
  private async *chooseModel(): AsyncGenerator<TurnPart> {
    const moved = this.serving.moveOn();
    if (!moved) return;
    const { left, reason, gaveUp } = moved;
    // Without a failure of this turn's own, it is what other turns found out.
    if (!gaveUp) this.log.add(reason, "switch", left);
    this.tried = untried();
    yield this.tell(reason.class, "switch", { model: this.serving.current.label });
  }

  private async *standInLine(ticket: number): AsyncGenerator<TurnPart> {
    try {
      const { current: model } = this.serving;
      for await (const place of this.health.queues.enter(modelKey(model), ticket, this.options.signal)) {
        if (this.log.last?.action !== "wait") this.log.add(failureNamed("rate_limit"), "wait", model);
        yield this.tell("rate_limit", "wait", place);
      }
    } catch (error) {
      throw this.stopped(error);
    }
  }

  private async *attempt(): AsyncGenerator<TurnPart, AttemptEnd> {
    const { instructions, signal, temperature, window = openWindow, meter = freeMeter } = this.options;
    const { tools, pressure } = this;
    const { current: model } = this.serving;
    const request: ModelMessage[] = this.request === null ? [] : [{ role: "user", content: this.request }];
    const messages = [...this.messages, ...request];
    const prompt = await window.fit({ model, instructions, messages, tools, pressure });
    if (signal.aborted) throw this.stopped(signal.reason);
    yield { type: "prompt-fitted", model, prompt };
    const key = modelKey(model);
    this.log.resumed();
    this.health.breakers.started(key);
    let judged = false;
    try {
      const patience = this.patience();
      const { messages: fitted, inputTokens } = prompt;
      const parts = attemptStep({
        model,
        instructions,
        messages: fitted,
        inputTokens,
        tools,
        temperature,
        patience,
        meter,
        signal,
      });
      const end = yield* this.passOn(parts);
      judged = true;
      if (end.ok) {
        this.health.breakers.succeeded(key);
        this.messages.push(...end.messages);
        if (end.usage.measured) await window.learn?.(model, end.usage.inputTokens);
        yield { type: "step-finished", model, usage: end.usage, costUsd: end.costUsd };
        if (end.cutOff && !end.wantsAnswer) {
          this.log.add(failureNamed("output_truncated"), "keep", model);
          yield this.tell("output_truncated", "keep");
        }
      } else {
        if (MODEL_AT_FAULT.includes(end.failure.class)) this.health.breakers.failed(key);
        else this.health.breakers.abandoned(key);
        this.log.wasted(end.usage.inputTokens + end.usage.outputTokens, end.costUsd);
      }
      return end;
    } finally {
      // It was stopped, or may not be paid for: nothing is known about the model.
      if (!judged) this.health.breakers.abandoned(key);
    }
  }

  /** Of a repetition no longer than the run's deadline allows. */
  private patience(): Patience {
    const { patience, deadlineMs } = this.settings;
    if (this.repetitions === 0) return patience;
    const remainingMs = Math.max(0, deadlineMs - (Date.now() - this.startedAt));
    return {
      firstPartMs: Math.min(patience.firstPartMs, remainingMs),
      nextPartMs: Math.min(patience.nextPartMs, remainingMs),
    };
  }

  private async *passOn(
    parts: AsyncGenerator<TextStreamPart<ToolSet>, AttemptEnd>,
  ): AsyncGenerator<TurnPart, AttemptEnd> {
    let finished = false;
    try {
      while (true) {
        const next = await parts.next();
        finished = next.done === true;
        if (next.done) return next.value;
        if (this.announced) {
          this.announced = false;
          yield { type: "notice", notice: { state: "answering", model: this.serving.current.label } };
        }
        yield { type: "output", part: next.value };
      }
    } finally {
      if (!finished) await parts.return(undefined as never);
    }
  }

  /** Does what the policy says about a failed attempt, or throws it. */
  private async *recover({ failure, cause, badToolCall }: Failed): AsyncGenerator<TurnPart> {
    const { settings, options } = this;
    const { current: model } = this.serving;
    const decision = decideRecovery(
      failure,
      {
        ...this.tried,
        reformulations: this.reformulations,
        shrinks: this.pressure,
        repairs: this.repairs,
        repetitions: this.repetitions,
        elapsedMs: Date.now() - this.startedAt,
        another: this.serving.others().length > 0,
      },
      settings,
    );
    options.report?.({ kind: "failed_attempt", failure, model, action: decision.action, cause });
    if (decision.action === "give_up") throw new ModelFailure(failure, cause);
    this.repetitions++;
    this.log.add(failure, decision.action, model);
    switch (decision.action) {
      case "wait":
        this.tried.waits++;
        // The line tells the place and the time.
        this.health.queues.block(modelKey(model), Date.now() + decision.waitMs);
        return;
      case "switch":
        // The choice of the next model tells which.
        this.serving.giveUp(failure);
        return;
      case "retry":
        this.tried.quickRetries++;
        break;
      case "shrink":
        this.pressure = decision.pressure;
        break;
      case "repair":
        this.repairs++;
        this.messages = flattenToolCalls(this.messages);
        break;
      case "reformulate":
        this.reformulations++;
        this.request = badToolCall ? reformulationRequest(badToolCall) : SHORTER_REQUEST;
    }
    yield this.tell(failure.class, decision.action);
    if (decision.action !== "retry") return;
    await sleep(decision.waitMs, undefined, { signal: options.signal }).catch((error) => {
      throw this.stopped(error);
    });
  }

  private tell(
    failure: FailureClass,
    action: RecoveryAction,
    detail: { until?: number; position?: number; model?: string } = {},
  ): TurnPart {
    this.announced = true;
    const message = noticeMessage(action, failure);
    return { type: "notice", notice: { state: "recovering", class: failure, action, message, ...detail } };
  }

  private stopped(cause: unknown): ModelFailure {
    return new ModelFailure(failureNamed("user_abort"), cause);
  }
}
