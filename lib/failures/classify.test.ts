import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify } from "./classify";
import { failureClassSchema, failureFacts } from "./failure-class";
import type { Observation } from "./observation";
import { describeThrown, observeThrown } from "./thrown";

const frame = (delta: object, finishReason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`;

/** Wordings that would each decide a class if a server had said them. */
const alarming = fc.constantFrom(
  "insufficient_quota: You exceeded your current quota",
  "Rate limit reached, please try again in 20s",
  '{"error":{"code":"context_length_exceeded","message":"prompt is too long"}}',
  "data: [DONE]",
  'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}',
  "Output blocked by content filtering policy",
  "<html><title>502 Bad Gateway</title></html>",
  "AbortError: The operation was aborted due to timeout",
  "invalid_api_key",
  "tool_use ids were found without tool_result blocks",
);
const modelText = fc.tuple(fc.string(), alarming, fc.string()).map((parts) => parts.join(" "));

const anyObservation: fc.Arbitrary<Observation> = fc.record(
  {
    provider: fc.constantFrom(
      "openai",
      "azure",
      "anthropic",
      "gemini",
      "bedrock",
      "vllm",
      "ollama",
      "openrouter",
      "proxy",
      "",
    ),
    phase: fc.constantFrom("pre_response", "mid_stream", "finish", "transport", "tool"),
    status: fc.option(fc.oneof(fc.constantFrom(200, 400, 401, 403, 404, 413, 429, 500, 503, 529), fc.integer())),
    headers: fc.option(
      fc.dictionary(
        fc.constantFrom(
          "retry-after",
          "retry-after-ms",
          "date",
          "x-ratelimit-reset-tokens",
          "x-should-retry",
          "__proto__",
        ),
        fc.oneof(fc.string(), fc.integer().map(String), alarming, fc.constant("6m0s")),
      ),
    ),
    body: fc.option(
      fc.oneof(
        fc.string(),
        modelText,
        fc.json(),
        fc.json().map((json) => `data: ${json}\n\n`),
        fc.json().map((json) => `{"error":${json}}`),
        fc.json().map((json) => `data: {"choices":[{"delta":{"tool_calls":${json}},"finish_reason":"stop"}]}\n\n`),
      ),
    ),
    partialOutputSeen: fc.option(fc.boolean()),
    jsError: fc.option(fc.anything().map((thrown) => describeThrown(thrown))),
    finishReason: fc.option(fc.oneof(fc.string(), fc.constantFrom("stop", "length", "__proto__", "constructor"))),
  },
  { requiredKeys: ["provider", "phase"] },
);

it("describes whatever is thrown, even what cannot be made into text", () => {
  expect(describeThrown([{ toString: 1 }])).toMatchObject({ message: "object" });
  expect(describeThrown(Object.create(null))).toMatchObject({ message: null });
});

describe("classify", () => {
  it("never throws, always answers with a known class, and promises a wait only with a retry", () => {
    fc.assert(
      fc.property(anyObservation, (observation) => {
        const failure = classify(observation, 0);
        expect(failureClassSchema.options).toContain(failure.class);
        expect(failure.publicMessage).toBe(failureFacts[failure.class].publicMessage);
        if (failure.retryAfterMs !== null) {
          expect(failure.retryable).toBe("yes");
          expect(Number.isInteger(failure.retryAfterMs) && failure.retryAfterMs >= 0).toBe(true);
        }
        if (["quota_exhausted", "auth", "content_filter", "user_abort", "none"].includes(failure.class)) {
          expect(failure.retryable).toBe("no");
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("is never decided by what the model wrote", () => {
    fc.assert(
      fc.property(modelText, fc.constantFrom("stop", "length", "content_filter", null), (content, finishReason) => {
        const observe = (text: string) =>
          classify({
            provider: "openai",
            phase: "finish",
            status: 200,
            body: frame({ content: text }) + (finishReason === null ? "" : frame({}, finishReason)),
          }).class;
        expect(observe(content)).toBe(observe("Thirty days."));
      }),
      { numRuns: 1000 },
    );
  });

  it("is never decided by what the model put into tool arguments", () => {
    fc.assert(
      fc.property(modelText, (note) => {
        const call = { index: 0, function: { name: "save", arguments: JSON.stringify({ note }) } };
        const body = frame({ tool_calls: [call] }) + frame({}, "tool_calls");
        expect(classify({ provider: "openai", phase: "finish", status: 200, body }).class).toBe("none");
      }),
      { numRuns: 1000 },
    );
  });

  it("is never decided by model text that a client's error quotes", () => {
    fc.assert(
      fc.property(modelText, (text) => {
        const jsError = { name: "AI_InvalidToolInputError", message: `Invalid input for tool save: Text: ${text}` };
        const observation: Observation = { provider: "openai", phase: "tool", jsError: describeThrown(jsError) };
        expect(classify(observation).class).toBe("tool_call_parse");
      }),
    );
  });

  it("believes our own flag before anything else", () => {
    const rateLimited = { provider: "openai", phase: "pre_response", status: 429 } as const;
    expect(classify({ ...rateLimited, abortedBy: "user" }).class).toBe("user_abort");
    expect(classify({ ...rateLimited, abortedBy: "deadline" }).class).toBe("timeout");
  });

  it("takes a finish reason from a client that no longer has the body", () => {
    const seen = { provider: "openai", phase: "finish", status: 200, partialOutputSeen: true } as const;
    expect(classify({ ...seen, finishReason: "stop" }).class).toBe("none");
    expect(classify({ ...seen, finishReason: "tool-calls" }).class).toBe("none");
    expect(classify({ ...seen, finishReason: "content-filter" }).class).toBe("content_filter");
    expect(classify({ ...seen, finishReason: "interrupted" }).class).toBe("stream_truncated");
    expect(classify({ ...seen, finishReason: "other" }).class).toBe("stream_truncated");
    expect(classify({ ...seen, partialOutputSeen: false, finishReason: "stop" }).class).toBe("stream_truncated");
  });

  it("survives bodies deeper than the stack", () => {
    const deep = `${'{"args":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const body = `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"x","args":${deep}}}]},"finishReason":"STOP"}]}`;
    expect(classify({ provider: "gemini", phase: "finish", status: 200, body }).class).toBe("none");
    expect(classify({ provider: "gemini", phase: "finish", status: 400, body: `{"error":${deep}}` }).class).toBe(
      "invalid_request",
    );
  });
});

describe("observeThrown", () => {
  it("reads what an error hides from enumeration, through its causes", () => {
    const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
    const thrown = new TypeError("terminated", { cause });
    expect(classify(observeThrown(thrown, { provider: "openai", phase: "mid_stream" })).class).toBe("network");
  });

  it("reads the AI SDK's status, body and headers", () => {
    const thrown = Object.assign(new Error("Too Many Requests"), {
      name: "AI_APICallError",
      statusCode: 429,
      responseHeaders: { "retry-after": "12" },
      responseBody: '{"error":{"type":"requests","code":"rate_limit_exceeded","message":"Rate limit reached"}}',
    });
    const failure = classify(observeThrown(thrown, { provider: "openai", phase: "pre_response" }));
    expect([failure.class, failure.retryAfterMs]).toEqual(["rate_limit", 12_000]);
  });

  it("ends on causes that loop", () => {
    const thrown: Error & { cause?: unknown } = new Error("a");
    thrown.cause = thrown;
    expect(classify(observeThrown(thrown, { provider: "openai", phase: "transport" })).class).toBe("network");
  });
});
