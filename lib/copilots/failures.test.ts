import { type AGUIEvent, EventType, type Message } from "@ag-ui/client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { RECOVERY_EVENT, recoveryNoticeSchema } from "@/contract/failures";
import { type Fault, type Position, positions } from "@/lib/failures/scenarios/fault";
import { faultOf } from "@/lib/failures/scenarios/faults";
import { CircuitBreakers } from "@/lib/models/circuit-breaker";
import { createModelHealth } from "@/lib/models/model-health";
import { gaveUpMessage, noticeMessage } from "@/lib/models/notice-message";
import { openAiModel } from "@/lib/models/registry";
import { type Asking, askCopilot, expectNoDanglingCall, type Outcome, receiptOf } from "@/test/ask-copilot";
import { type Scene, startWireFaultServer, type WireFaultServer } from "@/test/wire-fault-server";

let primary: WireFaultServer;
let second: WireFaultServer;

beforeAll(async () => {
  primary = await startWireFaultServer();
  second = await startWireFaultServer();
});
afterAll(async () => {
  await primary.close();
  await second.close();
});
beforeEach(() => {
  primary.clear();
  second.clear();
});

interface AskingTwo extends Omit<Asking, "models"> {
  /** Whether a second provider is configured. */
  fallback?: boolean;
}

function ask({ fallback = false, ...rest }: AskingTwo = {}): Promise<Outcome> {
  const first = openAiModel("openai", "test", primary.baseURL, "first");
  const other = openAiModel("openai-fallback", "test", second.baseURL, "second");
  return askCopilot({ models: fallback ? [first, other] : [first], ...rest });
}

/** The same of what was sent upstream, by the rules of the API. */
function expectSoundRequests(server: WireFaultServer): void {
  for (const { messages } of server.requests) {
    const calls = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
    expect(messages.flatMap(({ tool_call_id }) => (tool_call_id ? [tool_call_id] : []))).toEqual(calls);
  }
}

const PARIS = { name: "look", arguments: '{"city": "Paris"}' };
const HALF_SAID = "I shall check the weather for you right away. ";
const LOOKING: Scene = { text: "Looking it up.", call: PARIS };
const ANSWER: Scene = { text: "It is sunny in Paris." };

/** The position that the wire does not know: the call and its result are done, and the request for the next step fails. */
const everywhere = [...positions, "after the result"] as const;
type Place = (typeof everywhere)[number];

function failing(name: keyof typeof faultOf, at: Position): Scene {
  const fault = { at, fault: faultOf[name](at) };
  if (name !== "tool_call_parse") return { text: HALF_SAID, call: PARIS, fault };
  // Calls that nobody could execute: no such tool, arguments of the wrong type, arguments cut off.
  const call =
    at === "before" || at === "text" ? { name: "peek", arguments: "{}" } : { name: "look", arguments: '{"city": 7}' };
  return {
    text: at === "before" ? "" : HALF_SAID,
    call,
    fault: { at: at === "arguments" ? at : "call", fault: fault.fault },
  };
}

/** Each notice says what is done about its class in our words, and nothing of what the provider said goes anywhere. */
function expectOurWords({ events }: Outcome): void {
  for (const event of events) {
    if (event.type !== EventType.CUSTOM || event.name !== RECOVERY_EVENT) continue;
    const notice = recoveryNoticeSchema.parse(event.value);
    if (notice.state === "recovering") expect(notice.message).toBe(noticeMessage(notice.action, notice.class));
  }
  const said = JSON.stringify(events);
  for (const words of SAID_BY_PROVIDERS) expect(said).not.toContain(words);
}

const SAID_BY_PROVIDERS = Object.values(faultOf).flatMap((fault) =>
  [...JSON.stringify(fault("before")).matchAll(/"message":"([^"]+)"/g)].map(([, words = ""]) => words),
);

type Expected = "recovers" | "switches" | "fails" | "stands";

/** What becomes of each class with a second provider there, and without. */
const expectations: Record<keyof typeof faultOf, { alone: Expected; withSecond: Expected }> = {
  rate_limit: { alone: "recovers", withSecond: "recovers" },
  provider_outage: { alone: "recovers", withSecond: "recovers" },
  network: { alone: "recovers", withSecond: "recovers" },
  timeout: { alone: "recovers", withSecond: "recovers" },
  stream_truncated: { alone: "recovers", withSecond: "recovers" },
  context_overflow: { alone: "recovers", withSecond: "recovers" },
  payload_too_large: { alone: "recovers", withSecond: "recovers" },
  tool_call_parse: { alone: "recovers", withSecond: "recovers" },
  history_corrupt: { alone: "recovers", withSecond: "recovers" },
  output_truncated: { alone: "recovers", withSecond: "recovers" },
  quota_exhausted: { alone: "fails", withSecond: "switches" },
  auth: { alone: "fails", withSecond: "switches" },
  model_not_found: { alone: "fails", withSecond: "switches" },
  content_filter: { alone: "fails", withSecond: "fails" },
  invalid_request: { alone: "fails", withSecond: "fails" },
};

function expectationOf(name: keyof typeof faultOf, place: Place, fallback: boolean): Expected {
  // A text that reached the length limit stands.
  if (name === "output_truncated" && place === "text") return "stands";
  return expectations[name][fallback ? "withSecond" : "alone"];
}

const classes = Object.keys(faultOf) as (keyof typeof faultOf)[];

describe.each([false, true])("with a second provider: %s", (fallback) => {
  describe.each(classes)("%s", (name) => {
    test.each(everywhere)("%s", async (place) => {
      const expected = expectationOf(name, place, fallback);
      const late = place === "after the result";
      const fault: Scene = late ? { ...failing(name, "before"), text: "" } : failing(name, place);
      const before = late ? [LOOKING] : [];
      const after = late ? [ANSWER] : [LOOKING, ANSWER];
      primary.play(...before, fault);
      if (expected === "recovers") primary.play(...after);
      if (expected === "switches") second.play(...after);

      const outcome = await ask({ fallback, ...(name === "timeout" && { patienceMs: 1_500 }) });

      expectNoDanglingCall(outcome.messages);
      expectSoundRequests(primary);
      expectSoundRequests(second);
      const failed = before.length + 1;
      expectOurWords(outcome);
      if (expected === "fails") {
        expect(outcome.code).toBe(name);
        expect(outcome.events.at(-1)).toMatchObject({ message: gaveUpMessage(name) });
        expect(primary.requests).toHaveLength(failed);
        expect(second.requests).toHaveLength(0);
        expect(outcome.looked).toHaveLength(late ? 1 : 0);
        return;
      }
      expect(outcome.code).toBeUndefined();
      if (expected === "stands") {
        expect(outcome.answer).toBe(HALF_SAID.slice(0, Math.ceil(HALF_SAID.length / 2)));
        expect(receiptOf(outcome.messages)?.steps).toMatchObject([{ class: name, action: "keep" }]);
        expect(primary.requests).toHaveLength(1);
        return;
      }
      // Once, whole, and nothing of the attempt that failed.
      expect(outcome.answer).toBe("Looking it up. / It is sunny in Paris.");
      expect(outcome.looked).toEqual(["Paris"]);
      expect(outcome.classes[0]).toBe(name);
      expect(receiptOf(outcome.messages)).toMatchObject({
        steps: [{ class: name, model: "first" }],
        answeredBy: expected === "switches" ? "second" : null,
      });
      expect(primary.requests).toHaveLength(expected === "switches" ? failed : failed + after.length);
      expect(second.requests).toHaveLength(expected === "switches" ? after.length : 0);
    });
  });
});

test("a repetition that begins with the same words is not seen at all: nothing is restated", async () => {
  primary.play({ text: "Rain all day long", fault: { at: "text", fault: { kind: "reset" } } });
  primary.play({ text: "It is sunny in Paris." });
  const { events, answer, messages } = await ask();
  expect(answer).toBe("It is sunny in Paris.");
  expect(events.some(({ type }) => type === EventType.MESSAGES_SNAPSHOT)).toBe(true);

  primary.play({ text: "It is sunny in Paris.", fault: { at: "text", fault: { kind: "reset" } } });
  primary.play({ text: "It is sunny in Paris." });
  const same = await ask();
  expect(same.answer).toBe("It is sunny in Paris.");
  expect(same.events.some(({ type }) => type === EventType.MESSAGES_SNAPSHOT)).toBe(false);
  expect(receiptOf(messages)?.messageId).toBe(messages.find(({ role }) => role === "assistant")?.id);
});

test("the repetition keeps the id of the message that it replaces", async () => {
  primary.play({ text: HALF_SAID, fault: { at: "text", fault: { kind: "early_end" } } }, ANSWER);
  const { events } = await ask();
  const ids = events.flatMap((event) => (event.type === EventType.TEXT_MESSAGE_CONTENT ? [event.messageId] : []));
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size).toBe(1);
});

test("an earlier conversation survives a restatement, and a call of it that never got a result is answered upstream", async () => {
  const call = { id: "old", type: "function" as const, function: { name: "look", arguments: '{"city":"Rome"}' } };
  const history: Message[] = [
    { id: "q1", role: "user", content: "And Rome?" },
    { id: "a1", role: "assistant", content: "One moment.", toolCalls: [call] },
  ];
  primary.play({ text: HALF_SAID, fault: { at: "text", fault: { kind: "reset" } } }, ANSWER);
  const { messages } = await ask({ history });
  expect(messages.slice(0, 2)).toEqual(history);
  expectSoundRequests(primary);
});

const oddAnswers: [string, Fault][] = [
  [
    "a page of HTML with status 200",
    { kind: "page", contentType: "text/html", body: "<html><body>Sign in to the network</body></html>" },
  ],
  ["a wrong content type", { kind: "page", contentType: "application/json", body: '{"choices":[]}' }],
  ["an empty 200", { kind: "page", contentType: "text/event-stream", body: "" }],
  ["bytes that are not UTF-8", { kind: "bad_utf8" }],
  ["a frame that is not JSON", { kind: "garbage" }],
  ["an unknown finish reason", { kind: "finish", reason: "mystery" }],
];
test.each(oddAnswers)("%s is a stream that broke off, not an answer", async (_, fault) => {
  primary.play({ text: HALF_SAID, fault: { at: "text", fault } }, ANSWER);
  const { answer, classes, code } = await ask();
  expect(code).toBeUndefined();
  expect(classes).toEqual(["stream_truncated"]);
  expect(answer).toBe("It is sunny in Paris.");
  expect(primary.requests).toHaveLength(2);
});

test("an exhausted quota that a gateway reports with status 200 keeps its name", async () => {
  const body = JSON.stringify({ error: { code: "insufficient_quota", message: "You exceeded your current quota." } });
  primary.play({ fault: { at: "before", fault: { kind: "page", contentType: "application/json", body } } });
  expect((await ask()).code).toBe("quota_exhausted");
});

describe("a stop", () => {
  const stalled = (at: Position): Scene => ({ text: HALF_SAID, call: PARIS, fault: { at, fault: { kind: "stall" } } });
  const shows: Record<Place, (event: AGUIEvent) => boolean> = {
    before: ({ type }) => type === EventType.RUN_STARTED,
    text: ({ type }) => type === EventType.TEXT_MESSAGE_CONTENT,
    arguments: ({ type }) => type === EventType.TOOL_CALL_ARGS,
    call: ({ type }) => type === EventType.TOOL_CALL_ARGS,
    "after the result": ({ type }) => type === EventType.TOOL_CALL_END,
  };

  test.each(everywhere)(
    "%s ends the turn at once, without a failure, a repetition or a dangling call",
    async (place) => {
      const toolRuns = place === "after the result";
      primary.play(toolRuns ? LOOKING : stalled(place));
      const begun = Date.now();
      const outcome = await ask({ stopAfter: shows[place], slowTool: toolRuns, fallback: true });
      // The tool would take twenty seconds, and patience with a provider that stalls ten.
      expect(Date.now() - begun).toBeLessThan(8_000);
      expect(outcome.code).toBeUndefined();
      expect(outcome.events.at(-1)).toMatchObject({ type: EventType.RUN_FINISHED, result: { reason: "stopped" } });
      expect(primary.requests.length).toBeLessThanOrEqual(1);
      expect(second.requests).toHaveLength(0);
      expectNoDanglingCall(outcome.messages);
    },
  );

  test("while waiting in line ends the wait", async () => {
    const fault: Fault = { kind: "status", status: 429, body: {}, headers: { "retry-after": "30" } };
    primary.play({ fault: { at: "before", fault } });
    const begun = Date.now();
    const waiting = (event: AGUIEvent) => event.type === EventType.CUSTOM && event.name === RECOVERY_EVENT;
    const { events } = await ask({ stopAfter: waiting });
    // The line would have been thirty seconds long.
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(events.at(-1)).toMatchObject({ type: EventType.RUN_FINISHED, result: { reason: "stopped" } });
  });
});

describe("limits of trying", () => {
  const broken = (): Scene => ({ text: HALF_SAID, fault: { at: "text", fault: { kind: "reset" } } });

  test("two quick repetitions, then the second provider", async () => {
    primary.play(broken(), broken(), broken());
    second.play(ANSWER);
    const { answer, messages } = await ask({ fallback: true });
    expect(answer).toBe("It is sunny in Paris.");
    expect(primary.requests).toHaveLength(3);
    expect(receiptOf(messages)).toMatchObject({
      steps: [{ action: "retry" }, { action: "retry" }, { action: "switch" }],
      answeredBy: "second",
    });
  });

  test("without one, the failure is told, the partial text is kept and nothing dangles", async () => {
    primary.play(broken(), broken(), broken());
    const { answer, code, messages } = await ask();
    expect(code).toBe("network");
    expect(HALF_SAID).toContain(answer);
    expect(primary.requests).toHaveLength(3);
    expectNoDanglingCall(messages);
  });

  test("a context that overflows is pruned once, once harder, and then it is said", async () => {
    const overflow = (): Scene => ({ fault: { at: "before", fault: faultOf.context_overflow("before") } });
    primary.play(overflow(), overflow(), overflow());
    const { code, events } = await ask({ fallback: true });
    expect(code).toBe("context_overflow");
    expect(primary.requests).toHaveLength(3);
    expect(second.requests).toHaveLength(0);
    expect((events.at(-1) as { message?: string }).message).toMatch(/new conversation/);
  });

  test("a tool call that cannot be read is asked for twice more, with the error and the schema", async () => {
    const bad = (): Scene => failing("tool_call_parse", "call");
    primary.play(bad(), bad(), bad());
    const { code, looked } = await ask();
    expect(code).toBe("tool_call_parse");
    expect(looked).toEqual([]);
    expect(primary.requests).toHaveLength(3);
    const told = JSON.stringify(primary.requests[1]?.messages.at(-1)?.content);
    expect(told).toContain("Expected string, received number");
    expect(told).toContain("additionalProperties");
  });

  test("a repetition is waited for no longer than the run's deadline, whichever model it asks", async () => {
    primary.play(broken(), { text: HALF_SAID, fault: { at: "before", fault: { kind: "stall" } } });
    const { code } = await ask({ patienceMs: 600_000, deadlineMs: 4_000, fallback: true });
    expect(code).toBe("timeout");
    expect(primary.requests).toHaveLength(2);
    expect(second.requests).toHaveLength(0);
  });

  test("a wait of more than a minute is not waited for", async () => {
    const fault: Fault = { kind: "status", status: 429, body: {}, headers: { "retry-after": "120" } };
    primary.play({ fault: { at: "before", fault } });
    const alone = await ask();
    expect(alone.events.at(-1)).toMatchObject({ type: EventType.RUN_ERROR, code: "rate_limit", retryAfterMs: 120_000 });
    primary.play({ fault: { at: "before", fault } });
    second.play(ANSWER);
    expect((await ask({ fallback: true })).answer).toBe("It is sunny in Paris.");
  });
});

test("a provider that keeps failing is left alone: later turns go to the second one at once, and one of them finds it well again", async () => {
  const clock = { now: Date.now() };
  const breakers = new CircuitBreakers({ failuresMax: 3, windowMs: 60_000, openMs: 30_000 }, () => clock.now);
  const health = { ...createModelHealth(), breakers };
  const outage = (): Scene => ({ fault: { at: "before", fault: faultOf.provider_outage("before") } });
  primary.play(outage(), outage(), outage());
  second.play(ANSWER, ANSWER);
  expect((await ask({ fallback: true, health })).answer).toBe("It is sunny in Paris.");
  expect(breakers.list()).toMatchObject([{ key: "openai/first", state: "open" }]);

  const spared = await ask({ fallback: true, health });
  expect(spared.answer).toBe("It is sunny in Paris.");
  expect(primary.requests).toHaveLength(3);
  expect(receiptOf(spared.messages)).toMatchObject({ steps: [{ action: "switch" }], answeredBy: "second" });

  clock.now += 30_000;
  primary.play(ANSWER);
  const probed = await ask({ fallback: true, health });
  expect(receiptOf(probed.messages)).toBeNull();
  expect(primary.requests).toHaveLength(4);
  expect(second.requests).toHaveLength(2);
  expect(breakers.list()).toEqual([]);
});
