import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { jsonSchema, type ToolSet } from "ai";
import { usageOf } from "@/lib/models/call-meter";
import { ModelFailure } from "@/lib/models/model-failure";
import { defaultRecoverySettings } from "@/lib/models/recovery-policy";
import type { ChatModel } from "@/lib/models/registry";
import { StrictCall } from "@/lib/models/strict-call";
import type { KindRun } from "./kind-run";

const CHARS_PER_TOKEN = 4;

/** A model of the AI SDK whose every call is reserved before and settled after, and that takes no broken stream for an answer. */
export function meteredModel(chosen: ChatModel, run: KindRun): LanguageModelV4 {
  const { model } = chosen;
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doStream: async (options) => {
      const inputTokens = Math.ceil(JSON.stringify(options.prompt).length / CHARS_PER_TOKEN);
      const open = await run.open(inputTokens);
      const call = new StrictCall(chosen, toolsOf(options), defaultRecoverySettings.patience);
      const settle = async () => {
        if (call.failure) run.note(call.failure, call.cause);
        // A request that was refused before any answer is not charged.
        const seen = call.answered
          ? { inputTokens, outputChars: call.outputChars }
          : { inputTokens: 0, outputChars: 0 };
        await run.settle(open, usageOf(call.usage, seen));
      };
      // The runtime's SDK prints what it is thrown: the provider's own error would bring the question and the answer into the log.
      const named = (error: unknown) => (call.failure ? new ModelFailure(call.failure) : error);
      try {
        const { maxOutputTokens = options.maxOutputTokens } = open;
        const result = await call.model.doStream({ ...options, maxOutputTokens });
        return { ...result, stream: settledBefore(result.stream, settle, named) };
      } catch (error) {
        await settle();
        throw named(error);
      }
    },
    doGenerate: () => Promise.reject(new Error("a metered model is streamed")),
  };
}

/** The names of the tools that the request offers. What their arguments must be is checked where they are run. */
function toolsOf({ tools = [] }: LanguageModelV4CallOptions): ToolSet {
  const named = tools.map(({ name }) => [name, { inputSchema: jsonSchema({ type: "object" }) }]);
  return Object.fromEntries(named) as ToolSet;
}

/** The same stream, settled before its last part is passed on, or when its reader leaves. */
function settledBefore(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  settle: () => Promise<void>,
  named: (error: unknown) => unknown,
): ReadableStream<LanguageModelV4StreamPart> {
  const reader = stream.getReader();
  let settled: Promise<void> | undefined;
  const once = () => {
    settled ??= settle();
    return settled;
  };
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done || value.type === "finish" || value.type === "error") await once();
      if (done) controller.close();
      else controller.enqueue(value.type === "error" ? { ...value, error: named(value.error) } : value);
    },
    async cancel(reason) {
      await reader.cancel(reason);
      await once();
    },
  });
}
