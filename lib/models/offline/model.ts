// The model that serves when no key is set: a real AI SDK language model that calls the same tools as any other and answers only with
// sentences that those tools returned. Deterministic, streamed at a readable pace.
import { setTimeout as sleep } from "node:timers/promises";
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { isOwnRequest } from "../tool-calls";
import { nextStep, type Situation, type Step } from "./plan";

const WORDS_PER_SECOND = 60;
const CHARS_PER_TOKEN = 4;

/** The offline model. Its token counts are estimates at four characters a token. */
export function createOfflineModel(wordsPerSecond: number = WORDS_PER_SECOND): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: "flightdeck",
    modelId: "offline",
    supportedUrls: {},
    doStream: async (options) => ({
      stream: streamStep(nextStep(situationOf(options)), options, 1000 / wordsPerSecond),
    }),
    doGenerate: async (options) => {
      const step = nextStep(situationOf(options));
      const content = "text" in step ? [{ type: "text" as const, text: step.text }] : [toolCall(step)];
      return { content, finishReason: finishOf(step), usage: usageOf(options, step), warnings: [] };
    },
  };
}

function streamStep(
  step: Step,
  options: LanguageModelV4CallOptions,
  pauseMs: number,
): ReadableStream<LanguageModelV4StreamPart> {
  const parts = partsOf(step, options, pauseMs);
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

async function* partsOf(
  step: Step,
  options: LanguageModelV4CallOptions,
  pauseMs: number,
): AsyncGenerator<LanguageModelV4StreamPart, undefined> {
  yield { type: "stream-start", warnings: [] };
  if ("text" in step) {
    const id = crypto.randomUUID();
    yield { type: "text-start", id };
    for (const word of step.text.match(/\s*\S+|\s+$/g) ?? []) {
      options.abortSignal?.throwIfAborted();
      yield { type: "text-delta", id, delta: word };
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: options.abortSignal });
    }
    yield { type: "text-end", id };
  } else {
    yield toolCall(step);
  }
  yield { type: "finish", finishReason: finishOf(step), usage: usageOf(options, step) };
  return undefined;
}

function toolCall(step: { tool: string; input: unknown }) {
  return {
    type: "tool-call" as const,
    toolCallId: `call_${crypto.randomUUID()}`,
    toolName: step.tool,
    input: JSON.stringify(step.input),
  };
}

const finishOf = (step: Step) => ({
  unified: "text" in step ? ("stop" as const) : ("tool-calls" as const),
  raw: undefined,
});

function usageOf({ prompt }: LanguageModelV4CallOptions, step: Step): LanguageModelV4Usage {
  const input = Math.ceil(JSON.stringify(prompt).length / CHARS_PER_TOKEN);
  const output = Math.ceil(JSON.stringify(step).length / CHARS_PER_TOKEN);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  };
}

function situationOf({ prompt: said, tools }: LanguageModelV4CallOptions): Situation {
  // It makes every call in a valid form; being told about a bad one is no question to search for.
  const prompt = said.filter((message) => message.role !== "user" || !isOwnRequest(textOf(message.content)));
  return {
    userTexts: prompt.flatMap((message) => (message.role === "user" ? [textOf(message.content)] : [])),
    results: resultsSinceLastUser(prompt),
    tools: (tools ?? []).map((tool) => tool.name),
  };
}

const textOf = (content: { type: string }[]) =>
  content.map((part) => ("text" in part && typeof part.text === "string" ? part.text : "")).join("");

function resultsSinceLastUser(prompt: LanguageModelV4Prompt): Situation["results"] {
  const start = prompt.findLastIndex((message) => message.role === "user");
  return prompt
    .slice(start + 1)
    .flatMap((message) =>
      message.role !== "tool"
        ? []
        : message.content.flatMap((part) =>
            part.type === "tool-result" ? [{ tool: part.toolName, output: outputOf(part.output) }] : [],
          ),
    );
}

function outputOf(output: { type: string; value?: unknown }): unknown {
  if (output.type !== "text" || typeof output.value !== "string") return output.value;
  try {
    return JSON.parse(output.value);
  } catch {
    return output.value;
  }
}
