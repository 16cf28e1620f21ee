import { isStepCount, type ModelMessage, streamText, type TextStreamPart, type ToolSet } from "ai";
import type { Failure } from "@/lib/failures/classify";
import { type CallMeter, type CallUsage, usageOf } from "./call-meter";
import { failureNamed, failureOf, ModelFailure } from "./model-failure";
import type { ChatModel } from "./registry";
import { type Patience, StrictCall } from "./strict-call";
import type { BadToolCall } from "./tool-calls";

export interface AttemptRequest {
  model: ChatModel;
  instructions: string;
  messages: ModelMessage[];
  inputTokens: number;
  tools: ToolSet;
  temperature: number | undefined;
  patience: Patience;
  meter: CallMeter;
  /** The person's stop. */
  signal: AbortSignal;
}

export type AttemptEnd = { usage: CallUsage; costUsd: number | null } & (
  | { ok: true; messages: ModelMessage[]; wantsAnswer: boolean; cutOff: boolean }
  | { ok: false; failure: Failure; cause: unknown; badToolCall: BadToolCall | undefined }
);

/**
 * One request to one model and the tools that it calls: yields what people may see as it comes, returns how it ended. Whatever
 * happens, also when its reader goes away, the call is settled with the meter once. Throws ModelFailure user_abort on a stop, and
 * what the meter throws.
 */
export async function* attemptStep(request: AttemptRequest): AsyncGenerator<TextStreamPart<ToolSet>, AttemptEnd> {
  const { model, instructions, messages, inputTokens, tools, temperature, signal } = request;
  const open = await request.meter.open({ model, inputTokens });
  const call = new StrictCall(model, tools, request.patience);
  const unanswered = new Set<string>();
  const toolCalls: string[] = [];
  let settled: Promise<{ usage: CallUsage; costUsd: number | null }> | undefined;
  const settle = () => {
    settled ??= close();
    return settled;
  };
  const close = async () => {
    // A request that was refused before any answer is not charged.
    const seen = call.answered ? { inputTokens, outputChars: call.outputChars } : { inputTokens: 0, outputChars: 0 };
    const usage = { ...usageOf(call.usage, seen), ...(toolCalls.length > 0 && { toolCalls }) };
    return { usage, costUsd: await open.close(usage) };
  };
  try {
    const result = streamText({
      model: call.model,
      instructions,
      messages,
      tools,
      temperature,
      maxOutputTokens: open.maxOutputTokens,
      stopWhen: isStepCount(1),
      // The SDK would repeat an exhausted quota and drop a long wait.
      maxRetries: 0,
      abortSignal: signal,
      // The failure is kept by the call; without this the SDK prints it.
      onError: () => {},
    });
    for await (const part of untilAborted(result.stream, signal)) {
      if (call.failure) break;
      if (part.type === "tool-call") toolCalls.push(part.toolName);
      if (part.type === "tool-call" && !part.providerExecuted) unanswered.add(part.toolCallId);
      if (part.type === "tool-result" || part.type === "tool-error") unanswered.delete(part.toolCallId);
      if (isOutput(part)) yield part;
    }
    if (!call.failure) {
      const added = await result.responseMessages;
      const wantsAnswer = unanswered.size === 0 && added.some(({ role }) => role === "tool");
      const cutOff = call.finish?.finishReason.unified === "length";
      return { ok: true, messages: added, wantsAnswer, cutOff, ...(await settle()) };
    }
  } catch (error) {
    if (signal.aborted) throw new ModelFailure(failureNamed("user_abort"), error);
    call.failure ??= failureOf(error, {
      provider: model.provider,
      phase: "mid_stream",
      partialOutputSeen: call.answered,
    });
    call.cause ??= error;
  } finally {
    await settle();
  }
  const { failure = failureNamed("stream_truncated"), cause, badToolCall } = call;
  return { ok: false, failure, cause, badToolCall, ...(await settle()) };
}

function isOutput({ type }: TextStreamPart<ToolSet>): boolean {
  return /^(text|reasoning|tool)-/.test(type) || type === "source" || type === "file";
}

/** Ends with the signal's reason as soon as it aborts, even while the source says nothing. */
async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  aborted.catch(() => {});
  signal.addEventListener("abort", abort);
  try {
    signal.throwIfAborted();
    while (true) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", abort);
    // Not awaited: a source that hangs would keep the stop waiting.
    void iterator.return?.()?.catch(() => {});
  }
}
