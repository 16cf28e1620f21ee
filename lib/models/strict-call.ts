/**
 * One request to a model that either ends with a real finish reason and something in it, or fails with a name. Clients report a cut
 * stream, an empty 200 and a page of HTML as finished; here they are failures. Tool calls are held back until the end is known, so
 * that no tool runs for a step that has to be asked for again.
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4ToolCall,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import type { ToolSet } from "ai";
import { classify, type Failure } from "@/lib/failures/classify";
import { failureNamed, failureOf, ModelFailure } from "./model-failure";
import type { ChatModel } from "./registry";
import { type BadToolCall, findBadToolCall } from "./tool-calls";

/** How long a model may be silent. */
export interface Patience {
  /** Until its first part; a model that reasons says nothing for long. */
  firstPartMs: number;
  nextPartMs: number;
}

type FinishPart = Extract<LanguageModelV4StreamPart, { type: "finish" }>;
type Part = LanguageModelV4StreamPart;

export class StrictCall {
  /** Why the call failed, once it has. */
  failure: Failure | undefined;
  /** For the log only. */
  cause: unknown;
  badToolCall: BadToolCall | undefined;
  finish: FinishPart | undefined;
  /** True once the provider began to answer, which is what it charges for. */
  answered = false;
  /** Characters of output seen, for an estimate when the provider never reports its usage. */
  outputChars = 0;
  private readonly hangUp = new AbortController();

  constructor(
    private readonly chosen: ChatModel,
    private readonly tools: ToolSet,
    private readonly patience: Patience,
  ) {}

  get usage(): LanguageModelV4Usage | undefined {
    return this.finish?.usage;
  }

  /** The model to hand to the AI SDK, for one call. */
  get model(): LanguageModelV4 {
    const { model } = this.chosen;
    return {
      specificationVersion: "v4",
      provider: model.provider,
      modelId: model.modelId,
      supportedUrls: model.supportedUrls,
      doStream: (options) => this.open(options),
      doGenerate: () => Promise.reject(new Error("a strict call is streamed")),
    };
  }

  private async open(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const signals = [this.hangUp.signal, ...(options.abortSignal ? [options.abortSignal] : [])];
    try {
      const opening = Promise.resolve(
        this.chosen.model.doStream({ ...options, abortSignal: AbortSignal.any(signals) }),
      );
      const result = await this.inTime(opening, this.patience.firstPartMs);
      return { ...result, stream: streamOf(this.read(result.stream)) };
    } catch (error) {
      this.fail(error, "pre_response");
      throw error;
    }
  }

  private async *read(stream: ReadableStream<Part>): AsyncGenerator<Part, undefined> {
    const reader = stream.getReader();
    const held: LanguageModelV4ToolCall[] = [];
    try {
      while (!this.finish) {
        const waitMs = this.answered ? this.patience.nextPartMs : this.patience.firstPartMs;
        const { done, value: part } = await this.inTime(reader.read(), waitMs);
        if (done) throw new ModelFailure(failureNamed("stream_truncated"));
        if (part.type === "error") throw part.error;
        this.count(part);
        // What a provider executes itself is done already.
        if (part.type === "tool-call" && !part.providerExecuted) held.push(part);
        else if (part.type === "finish") {
          await this.check(part, held);
          yield* held;
          this.finish = part;
          yield part;
        } else yield part;
      }
    } catch (error) {
      this.fail(error, "mid_stream");
      yield { type: "error", error };
    } finally {
      // Of a reader that is done this is nothing; otherwise it closes the connection.
      void reader.cancel().catch(() => {});
    }
  }

  private count(part: Part): void {
    if (part.type === "text-delta" || part.type === "reasoning-delta" || part.type === "tool-input-delta") {
      this.answered = true;
      this.outputChars += part.delta.length;
    } else if (part.type === "tool-call") this.answered = true;
  }

  /** Throws unless the answer is complete and every call in it can be executed. */
  private async check({ finishReason }: FinishPart, calls: readonly LanguageModelV4ToolCall[]): Promise<void> {
    if (finishReason.unified === "length") {
      // A text that reached its limit can be read and continued. A call may have been cut, even where it is valid JSON, which is no
      // mistake of the model's and not cured by asking for better JSON.
      if (calls.length === 0 && this.outputChars > 0) return;
      throw new ModelFailure(failureNamed("output_truncated"));
    }
    const failure = classify({
      provider: this.chosen.provider,
      phase: "finish",
      status: 200,
      finishReason: finishReason.raw ?? (isReal(finishReason.unified) ? finishReason.unified : null),
      partialOutputSeen: this.answered,
    });
    if (failure.class !== "none") throw new ModelFailure(failure);
    const bad = await findBadToolCall(calls, this.tools);
    if (bad) {
      this.badToolCall = bad;
      throw new ModelFailure(failureNamed("tool_call_parse"));
    }
  }

  private fail(error: unknown, phase: "pre_response" | "mid_stream"): void {
    this.failure ??= failureOf(error, {
      provider: this.chosen.provider,
      phase,
      partialOutputSeen: this.answered,
    });
    this.cause ??= error;
  }

  private async inTime<T>(promise: Promise<T>, waitMs: number): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new ModelFailure(failureNamed("timeout")));
        this.hangUp.abort();
      }, waitMs);
    });
    try {
      return await Promise.race([promise, silence]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Providers that give no raw reason are taken by the SDK's word, except for the words that mean it does not know. */
function isReal(unified: string): boolean {
  return !["other", "interrupted", "error"].includes(unified);
}

function streamOf(parts: AsyncGenerator<Part, undefined>): ReadableStream<Part> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
