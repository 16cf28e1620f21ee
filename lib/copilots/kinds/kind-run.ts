import type { TokenUsage } from "@ag-ui/client";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { AppError } from "@/lib/failures/app-error";
import { classify, type Failure } from "@/lib/failures/classify";
import type { CallMeter, CallUsage, OpenCall } from "@/lib/models/call-meter";
import { createCheckedFetch } from "@/lib/models/checked-fetch";
import { failureOf, ModelFailure } from "@/lib/models/model-failure";
import type { ChatModel } from "@/lib/models/registry";
import { tokenUsage } from "../run-events";
import { meteredModel } from "./metered-model";

export interface KindRunParts {
  model: ChatModel;
  /** Asked in this order by a kind that can ask a second one. */
  models: readonly [ChatModel, ...ChatModel[]];
  meter: CallMeter;
  /** A request was answered and paid for. */
  onSettled(usage: CallUsage, costUsd: number | null): void;
}

/** What one run of a kind counts and learns on the way, whichever library makes its requests. */
export class KindRun {
  /** For RUN_FINISHED: what every request came to. */
  readonly usage: TokenUsage[] = [];
  private failed: AppError | ModelFailure | undefined;

  constructor(readonly parts: KindRunParts) {}

  /** The model, for libraries that take one of the AI SDK: each of its calls is paid for, and a failed one has a name. */
  get languageModel(): LanguageModelV4 {
    return meteredModel(this.parts.model, this);
  }

  /** Before a request that a library makes by itself. Throws what the meter throws, whose code then ends the run. */
  async open(inputTokens: number): Promise<OpenCall> {
    const { meter, model } = this.parts;
    try {
      return await meter.open({ model, inputTokens });
    } catch (error) {
      // A library would pass on its words alone.
      if (error instanceof AppError) this.failed ??= error;
      throw error;
    }
  }

  async settle(open: OpenCall, usage: CallUsage): Promise<void> {
    const costUsd = await open.close(usage);
    this.answered(usage, costUsd);
  }

  /** A request was counted already, by what made it. */
  answered(usage: CallUsage, costUsd: number | null): void {
    if (usage.inputTokens + usage.outputTokens === 0) return;
    this.usage.push(tokenUsage({ model: this.parts.model, usage }));
    this.parts.onSettled(usage, costUsd);
  }

  note(failure: Failure, cause?: unknown): void {
    this.failed ??= new ModelFailure(failure, cause);
  }

  /** The failure behind whatever the library made of it: the name that it got where it was seen. */
  failureOf(error: unknown): unknown {
    return this.failed ?? error;
  }

  /** `fetch` for libraries that make their own requests: refuses what is no event stream, and names what the provider refused. */
  get fetch(): typeof fetch {
    const { provider } = this.parts.model;
    const checked = createCheckedFetch(provider);
    return async (input, init) => {
      try {
        const response = await checked(input, init);
        if (!response.ok) {
          const { status, headers } = response;
          const body = await response.clone().text();
          this.note(classify({ provider, phase: "pre_response", status, headers: Object.fromEntries(headers), body }));
        }
        return response;
      } catch (error) {
        this.note(failureOf(error, { provider, phase: "pre_response" }), error);
        throw error;
      }
    };
  }
}
