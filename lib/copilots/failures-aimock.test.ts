import { LLMock } from "@copilotkit/aimock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openAiModel } from "@/lib/models/registry";
import { askCopilot, expectNoDanglingCall, type Outcome, receiptOf } from "@/test/ask-copilot";

// The same promises as in failures.test.ts, against a mock of the API that others maintain.

let primary: LLMock;
let second: LLMock;

beforeEach(async () => {
  primary = new LLMock({ port: 0 });
  second = new LLMock({ port: 0 });
  await Promise.all([primary.start(), second.start()]);
});
afterEach(() => Promise.all([primary.stop(), second.stop()]));

function ask(fallback = false): Promise<Outcome> {
  const first = openAiModel("openai", "test", `${primary.url}/v1`, "gpt-4o");
  const other = openAiModel("openai-fallback", "test", `${second.url}/v1`, "gpt-4o-mini");
  return askCopilot({ models: fallback ? [first, other] : [first] });
}

const requestsTo = (mock: LLMock) => mock.getRequests().length;
const PARIS = { name: "look", arguments: '{"city":"Paris"}' };
const ANSWER = { content: "It is sunny in Paris, and it will stay so for the whole week." };

/** The second request and all after it: the tool is called, then its result answered. */
function answerFrom(mock: LLMock, sequenceIndex: number): void {
  mock.on({ hasToolResult: true }, ANSWER);
  mock.on({ hasToolResult: false, sequenceIndex }, { toolCalls: [PARIS] });
}

const refusals = {
  rate_limit: {
    status: 429,
    error: { code: "rate_limit_exceeded", type: "tokens", message: "Rate limit reached. Try again in 1s." },
  },
  provider_outage: { status: 503, error: { type: "server_error", message: "Overloaded." } },
  context_overflow: {
    status: 400,
    error: { code: "context_length_exceeded", type: "invalid_request_error", message: "Too long." },
  },
  quota_exhausted: {
    status: 429,
    error: { code: "insufficient_quota", type: "insufficient_quota", message: "No credit." },
  },
  auth: { status: 401, error: { code: "invalid_api_key", type: "invalid_request_error", message: "Wrong key." } },
  model_not_found: {
    status: 404,
    error: { code: "model_not_found", type: "invalid_request_error", message: "No such model." },
  },
} as const;

const names = Object.keys(refusals) as (keyof typeof refusals)[];
const switching = ["quota_exhausted", "auth", "model_not_found"];

/** Where a refusal can strike a whole turn: at its first request, or at the one that brings the tool's result. */
const places = ["before the first token", "between the call and the answer to its result"] as const;

describe.each(names)("%s", (name) => {
  test.each(places)("%s ends as it should", async (place) => {
    const late = place !== "before the first token";
    const fallback = switching.includes(name);
    if (late) {
      primary.on({ hasToolResult: true, sequenceIndex: 0 }, refusals[name]);
      primary.on({ hasToolResult: true, sequenceIndex: 1 }, ANSWER);
      // A repaired history tells of the tool in words.
      primary.on({ hasToolResult: false }, { toolCalls: [PARIS] });
      second.on({}, ANSWER);
    } else {
      primary.on({ hasToolResult: false, sequenceIndex: 0 }, refusals[name]);
      answerFrom(primary, 1);
      answerFrom(second, 0);
    }
    const { answer, classes, looked, messages } = await ask(fallback);
    expect(answer).toBe(ANSWER.content);
    expect(classes[0]).toBe(name);
    expect(looked).toEqual(["Paris"]);
    const steps = late ? 1 : 2;
    expect(requestsTo(primary)).toBe((late ? 1 : 0) + 1 + (fallback ? 0 : steps));
    expect(requestsTo(second)).toBe(fallback ? steps : 0);
    expectNoDanglingCall(messages);
    expect(receiptOf(messages)?.answeredBy).toBe(fallback ? "gpt-4o-mini" : null);
  });
});

describe.each(["text", "arguments"])("a connection that is cut in the middle of the %s", (where) => {
  test("is a network failure, repeated under the same id, with nothing said or done twice", async () => {
    const said = where === "text" ? { content: "Let me think about the weather for a while." } : { toolCalls: [PARIS] };
    primary.on({ hasToolResult: false, sequenceIndex: 0 }, said, { truncateAfterChunks: 2, chunkSize: 5 });
    answerFrom(primary, 1);
    const { answer, classes, looked, messages } = await ask();
    expect(classes).toEqual(["network"]);
    expect(answer).toBe(ANSWER.content);
    expect(looked).toEqual(["Paris"]);
    expect(requestsTo(primary)).toBe(3);
    expectNoDanglingCall(messages);
  });
});

test.each([
  ["cut off", { name: "look", arguments: '{"city": "Par' }],
  ["of the wrong type", { name: "look", arguments: '{"city": 7}' }],
  ["for a tool that does not exist", { name: "peek", arguments: "{}" }],
])("a tool call %s is asked for again and not executed", async (_, call) => {
  primary.on({ hasToolResult: false, sequenceIndex: 0 }, { toolCalls: [call] });
  answerFrom(primary, 1);
  const { answer, classes, looked } = await ask();
  expect(classes).toEqual(["tool_call_parse"]);
  expect(looked).toEqual(["Paris"]);
  expect(answer).toBe(ANSWER.content);
  expect(requestsTo(primary)).toBe(3);
});

test("a window that is too small for the conversation is met by a shorter one", async () => {
  primary.on({ predicate: ({ messages }) => JSON.stringify(messages).length > 4_000 }, refusals.context_overflow);
  primary.on({}, { content: "Short enough." });
  const long = "Many words about the weather of the past. ".repeat(40);
  const history = Array.from({ length: 6 }, (_, n) => [
    { id: `q${n}`, role: "user" as const, content: `And day ${n}?` },
    { id: `a${n}`, role: "assistant" as const, content: long },
  ]).flat();
  const models = [openAiModel("openai", "test", `${primary.url}/v1`, "gpt-4o")] as const;
  const { answer, classes, code } = await askCopilot({ models, history });
  expect(code).toBeUndefined();
  expect(answer.endsWith("Short enough.")).toBe(true);
  expect(new Set(classes)).toEqual(new Set(["context_overflow"]));
  expect(requestsTo(primary)).toBeLessThanOrEqual(3);
});
