import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";

interface ChatMessage {
  role: string;
  content?: string | { type: string; text?: string }[] | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

interface ChatBody {
  model?: string;
  messages: ChatMessage[];
  tools?: { function: { name: string; description?: string; parameters?: unknown } }[];
}

/**
 * A language model behind the Chat Completions dialect, as a `fetch` that goes nowhere: so that what can go wrong on the wire can go
 * wrong for a model that has none. Streams only.
 */
export function serveModel(model: LanguageModelV4): typeof fetch {
  return async (_input, init) => {
    const body = JSON.parse(String(init?.body)) as ChatBody;
    const { stream } = await model.doStream(optionsOf(body, init?.signal ?? undefined));
    return new Response(toServerSentEvents(stream), { headers: { "content-type": "text/event-stream" } });
  };
}

function optionsOf({ messages, tools = [] }: ChatBody, abortSignal: AbortSignal | undefined) {
  const names = new Map(
    messages.flatMap(({ tool_calls = [] }) => tool_calls.map((call) => [call.id, call.function.name] as const)),
  );
  return {
    prompt: messages.map((message) => promptMessage(message, names)),
    tools: tools.map(
      ({ function: { name, description, parameters } }): LanguageModelV4FunctionTool => ({
        type: "function",
        name,
        ...(description !== undefined && { description }),
        inputSchema: (parameters ?? {}) as LanguageModelV4FunctionTool["inputSchema"],
      }),
    ),
    ...(abortSignal && { abortSignal }),
  } satisfies LanguageModelV4CallOptions;
}

function promptMessage(
  { role, content, tool_calls = [], tool_call_id = "" }: ChatMessage,
  names: ReadonlyMap<string, string>,
): LanguageModelV4Message {
  const text = typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
  switch (role) {
    case "system":
    case "developer":
      return { role: "system", content: text };
    case "assistant":
      return {
        role: "assistant",
        content: [
          ...(text ? [{ type: "text" as const, text }] : []),
          ...tool_calls.map(({ id, function: call }) => ({
            type: "tool-call" as const,
            toolCallId: id,
            toolName: call.name,
            input: JSON.parse(call.arguments || "{}") as unknown,
          })),
        ],
      };
    case "tool":
      return {
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: tool_call_id,
            toolName: names.get(tool_call_id) ?? "",
            output: { type: "text", value: text },
          },
        ],
      };
    default:
      return { role: "user", content: [{ type: "text", text }] };
  }
}

function toServerSentEvents(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const send = (frame: object) => encoder.encode(`data: ${JSON.stringify(frame)}\n\n`);
  return stream.pipeThrough(
    new TransformStream<LanguageModelV4StreamPart, Uint8Array<ArrayBuffer>>({
      transform(part, controller) {
        if (part.type === "error") controller.error(part.error);
        for (const frame of framesOf(part)) controller.enqueue(send(frame));
      },
      flush: (controller) => controller.enqueue(encoder.encode("data: [DONE]\n\n")),
    }),
  );
}

const chunk = (choices: object[], more: object = {}) => ({
  id: "chatcmpl-local",
  object: "chat.completion.chunk",
  created: 0,
  choices,
  ...more,
});
const delta = (delta: object, finish_reason: string | null = null) => chunk([{ index: 0, delta, finish_reason }]);

function framesOf(part: LanguageModelV4StreamPart): object[] {
  switch (part.type) {
    case "text-delta":
      return [delta({ content: part.delta })];
    case "tool-call": {
      // In two halves, as arguments come from a model that writes them.
      const half = Math.ceil(part.input.length / 2);
      const head = { index: 0, id: part.toolCallId, type: "function" };
      return [
        delta({ tool_calls: [{ ...head, function: { name: part.toolName, arguments: part.input.slice(0, half) } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: part.input.slice(half) } }] }),
      ];
    }
    case "finish": {
      const prompt_tokens = part.usage.inputTokens.total ?? 0;
      const completion_tokens = part.usage.outputTokens.total ?? 0;
      const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
      return [delta({}, part.finishReason.unified === "tool-calls" ? "tool_calls" : "stop"), chunk([], { usage })];
    }
    default:
      return [];
  }
}
