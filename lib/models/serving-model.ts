import type { Failure } from "@/lib/failures/classify";
import { failureNamed, ModelFailure } from "./model-failure";
import { type ModelHealth, modelKey } from "./model-health";
import type { ChatModel } from "./registry";

const PAUSE_MS_MAX = 5 * 60_000;

/** Which of a run's models serves: one after another, past those that this run has given up or that are best left alone for now. */
export class ServingModel {
  private readonly givenUp = new Map<ChatModel, Failure>();
  private serving: ChatModel;

  constructor(
    /** In the order in which they are asked. */
    private readonly models: readonly [ChatModel, ...ChatModel[]],
    private readonly health: ModelHealth,
    /** A longer wait is not worth standing in line for. */
    private readonly queueWaitMsMax: number,
  ) {
    this.serving = models[0];
  }

  get current(): ChatModel {
    return this.serving;
  }

  /** The name of what serves in place of the first model; null while that one does. */
  get standIn(): string | null {
    return this.serving === this.models[0] ? null : this.serving.label;
  }

  /** Those that could serve instead. */
  others(): ChatModel[] {
    return this.models.filter((model) => model !== this.serving && !this.reasonToAvoid(model));
  }

  /** Moves on from a model that is to be avoided, and tells which it was and why; null when it stays. Throws when no other is left. */
  moveOn(): { left: ChatModel; reason: Failure; gaveUp: boolean } | null {
    const left = this.serving;
    const reason = this.reasonToAvoid(left);
    if (!reason) return null;
    const [other] = this.others();
    if (!other) throw new ModelFailure(reason);
    this.serving = other;
    return { left, reason, gaveUp: this.givenUp.has(left) };
  }

  /**
   * The run asks the model that serves no more. Other runs need not find out for themselves that a model wants a long pause; but an
   * operator may end it before its time.
   */
  giveUp(failure: Failure): void {
    this.givenUp.set(this.serving, failure);
    if (failure.class !== "rate_limit" || failure.retryAfterMs === null) return;
    this.health.queues.block(modelKey(this.serving), Date.now() + Math.min(failure.retryAfterMs, PAUSE_MS_MAX));
  }

  private reasonToAvoid(model: ChatModel): Failure | null {
    const key = modelKey(model);
    const broken = this.health.breakers.waitMs(key);
    const full = this.health.queues.waitMs(key);
    const givenUp = this.givenUp.get(model);
    if (givenUp) return givenUp;
    if (broken > 0) return failureNamed("provider_outage", broken);
    return full > this.queueWaitMsMax ? failureNamed("rate_limit", full) : null;
  }
}
