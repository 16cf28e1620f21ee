import { BuiltInAgent, convertInputToTanStackAI } from "@copilotkit/runtime/v2";
import { chat, EventType, type JSONSchema, maxIterations, toolDefinition } from "@tanstack/ai";
import { openaiCompatibleText } from "@tanstack/ai-openai/compatible";
import { asSchema } from "ai";
import { AppError } from "@/lib/failures/app-error";
import { failureOf } from "@/lib/models/model-failure";
import { endpointOf } from "@/lib/models/registry";
import type { KindTurn } from "./kind";
import type { KindRun } from "./kind-run";
import { type KindTool, searchTool, setStateTool, stateSection } from "./kind-tools";

const STEPS_MAX = 6;
const CHARS_PER_TOKEN = 4;

/** TanStack AI: its `chat` loop over an OpenAI-compatible adapter, whose stream is of AG-UI events already. */
export function tanStackAgent({ identity, input, instructions, run }: KindTurn): BuiltInAgent {
  return new BuiltInAgent({
    type: "tanstack",
    factory: async ({ abortController }) =>
      chat({
        adapter: meteredAdapter(run),
        messages: convertInputToTanStackAI(input).messages as never,
        systemPrompts: [instructions + stateSection(input)],
        tools: await Promise.all([searchTool(identity, input), setStateTool].map(asServerTool)),
        agentLoopStrategy: maxIterations(STEPS_MAX),
        abortController,
        debug: false,
      }),
  });
}

async function asServerTool({ name, description, parameters, execute }: KindTool) {
  // It takes the schemas of Zod 4 as they are; of Zod 3 it takes what they say in JSON.
  const inputSchema = (await asSchema(parameters).jsonSchema) as JSONSchema;
  return toolDefinition({ name, description, inputSchema }).server((input) => execute(input));
}

function meteredAdapter(run: KindRun) {
  const { model } = run.parts;
  const endpoint = endpointOf(model);
  if (!endpoint) throw new AppError("model_not_found", "This copilot needs a model provider.", { status: 503 });
  const { apiKey, baseURL } = endpoint;
  const adapter = openaiCompatibleText(model.modelId, { apiKey, baseURL, maxRetries: 0, fetch: run.fetch });
  const chatStream = adapter.chatStream.bind(adapter) as (options: never) => AsyncIterable<Chunk>;
  return Object.assign(adapter, {
    chatStream: (options: never) => metered(run, chatStream, options),
  }) as typeof adapter;
}

interface Chunk {
  type: string;
  delta?: unknown;
  message?: unknown;
  usage?: TanStackUsage;
}

interface TanStackUsage {
  promptTokens?: number;
  completionTokens?: number;
  promptTokensDetails?: { cachedTokens?: number };
  completionTokensDetails?: { reasoningTokens?: number };
}

/** One request of the loop: reserved before, settled after, and a failure named while it is known what failed. */
async function* metered(run: KindRun, chatStream: (options: never) => AsyncIterable<Chunk>, options: never) {
  const { messages, modelOptions } = options as { messages: unknown[]; modelOptions?: object };
  const inputTokens = Math.ceil(JSON.stringify(messages).length / CHARS_PER_TOKEN);
  const open = await run.open(inputTokens);
  const limit = open.maxOutputTokens === undefined ? {} : { max_tokens: open.maxOutputTokens };
  const request = { ...(options as object), modelOptions: { ...modelOptions, ...limit } } as never;
  let outputChars = 0;
  let usage: TanStackUsage | undefined;
  try {
    for await (const chunk of chatStream(request)) {
      if (typeof chunk.delta === "string") outputChars += chunk.delta.length;
      if (chunk.type === EventType.RUN_FINISHED) usage = chunk.usage;
      if (chunk.type === EventType.RUN_ERROR) {
        const phase = outputChars > 0 ? "mid_stream" : "pre_response";
        const { provider } = run.parts.model;
        run.note(failureOf(new Error(String(chunk.message)), { provider, phase, partialOutputSeen: outputChars > 0 }));
      }
      yield chunk;
    }
  } finally {
    const answered = usage !== undefined || outputChars > 0;
    await run.settle(open, {
      inputTokens: usage?.promptTokens ?? (answered ? inputTokens : 0),
      outputTokens: usage?.completionTokens ?? Math.ceil(outputChars / CHARS_PER_TOKEN),
      cachedTokens: usage?.promptTokensDetails?.cachedTokens ?? 0,
      reasoningTokens: usage?.completionTokensDetails?.reasoningTokens ?? 0,
      measured: usage !== undefined,
    });
  }
}
