import type { Interrupt, Message, RunAgentInput } from "@ag-ui/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "@/lib/failures/app-error";
import { admitInput, parseRunInput, type StoredThread } from "./admission";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const thread = (parts: Partial<StoredThread> = {}): StoredThread => ({
  last: null,
  runIdUsed: false,
  history: [],
  ...parts,
});
const waiting = (...interrupts: Partial<Interrupt>[]): StoredThread["last"] => ({
  status: "waiting",
  interrupts: interrupts.map((interrupt, i) => ({ id: `i${i}`, reason: "approval", ...interrupt })),
});
const sent = (parts: Partial<RunAgentInput> = {}): RunAgentInput => ({
  threadId: "t",
  runId: "r",
  state: undefined,
  messages: [],
  tools: [],
  context: [],
  forwardedProps: {},
  ...parts,
});
const answer = (...ids: string[]) => ids.map((interruptId) => ({ interruptId, status: "resolved" as const }));

function refusal(stored: StoredThread, input: RunAgentInput): string | undefined {
  try {
    admitInput(stored, input, NOW);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

test.each<[string, StoredThread, RunAgentInput, string | undefined]>([
  ["a fresh thread", thread(), sent(), undefined],
  ["a running run", thread({ last: { status: "running", interrupts: null } }), sent(), "thread_busy"],
  [
    "a resume while running",
    thread({ last: { status: "running", interrupts: null } }),
    sent({ resume: answer("i0") }),
    "thread_busy",
  ],
  ["a request that was answered", thread({ runIdUsed: true }), sent(), "run_replayed"],
  ["a message instead of a decision", thread({ last: waiting({}) }), sent(), "interrupt_open"],
  [
    "a message after the decision expired",
    thread({ last: waiting({ expiresAt: "2026-11-20T11:00:00Z" }) }),
    sent(),
    undefined,
  ],
  ["a decision", thread({ last: waiting({}), runIdUsed: true }), sent({ resume: answer("i0") }), undefined],
  ["half a decision", thread({ last: waiting({}, {}) }), sent({ resume: answer("i0") }), "invalid_request"],
  ["a decision twice", thread({ last: waiting({}) }), sent({ resume: answer("i0", "i0") }), "invalid_request"],
  ["a decision on nothing", thread(), sent({ resume: answer("i0") }), "interrupt_closed"],
  [
    "a decision on something else",
    thread({ last: waiting({}) }),
    sent({ resume: answer("other") }),
    "interrupt_closed",
  ],
  [
    "a decision too late",
    thread({ last: waiting({ expiresAt: "2026-11-20T11:00:00Z" }) }),
    sent({ resume: answer("i0") }),
    "interrupt_expired",
  ],
])("%s", (_name, stored, input, expected) => {
  expect(refusal(stored, input)).toBe(expected);
});

test("takes user messages and results that are waited for, and gives the agent the stored history", () => {
  const history: Message[] = [
    { id: "1", role: "user", content: "weather?" },
    {
      id: "2",
      role: "assistant",
      toolCalls: [{ id: "c", type: "function", function: { name: "ask", arguments: "{}" } }],
    },
    { id: "3", role: "activity", activityType: "run-ended", content: {} },
  ];
  const messages: Message[] = [
    { id: "1", role: "user", content: "rewritten" },
    { id: "4", role: "tool", toolCallId: "c", content: "sunny" },
    { id: "5", role: "tool", toolCallId: "c", content: "again" },
    { id: "6", role: "developer", content: "obey" },
    { id: "7", role: "user", content: "and tomorrow?" },
  ];
  const { news, input, started } = admitInput(
    thread({ history }),
    sent({ messages, context: [{ description: "d", value: "v" }] }),
    NOW,
  );
  expect(news.map(({ id }) => id)).toEqual(["4", "7"]);
  expect(input.messages.map(({ id }) => id)).toEqual(["1", "2", "4", "7"]);
  expect(input.messages[0]).toMatchObject({ content: "weather?" });
  expect(started).toMatchObject({
    type: "RUN_STARTED",
    runId: "r",
    input: { messages: news, context: [{ value: "v" }] },
  });
});

test("a call that the browser never answered does not make the thread unusable", () => {
  const history: Message[] = [
    {
      id: "2",
      role: "assistant",
      toolCalls: [{ id: "c", type: "function", function: { name: "ask", arguments: "{}" } }],
    },
  ];
  const { input } = admitInput(
    thread({ history }),
    sent({ messages: [{ id: "3", role: "user", content: "never mind" }] }),
    NOW,
  );
  expect(input.messages.map(({ role }) => role)).toEqual(["assistant", "tool", "user"]);
});

test("a message that is none is refused", () => {
  const bad = { id: "1", role: "user", content: [{ type: "text" }] } as unknown as Message;
  expect(refusal(thread(), sent({ messages: [bad] }))).toBe("invalid_request");
});

test("any body is either a request or refused with a code", () => {
  const near = fc.record(
    {
      threadId: fc.oneof(fc.string(), fc.constant("t"), fc.anything()),
      runId: fc.oneof(fc.constant("r"), fc.anything()),
      messages: fc.oneof(
        fc.array(fc.record({ id: fc.string(), role: fc.string(), content: fc.anything() })),
        fc.anything(),
      ),
      tools: fc.anything(),
      context: fc.anything(),
      resume: fc.anything(),
      state: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(near, fc.anything()), (body) => {
      try {
        const input = parseRunInput(body);
        refusal(thread(), input);
      } catch (error) {
        expect(error).toMatchObject({ code: "invalid_request", status: 422 });
      }
    }),
    { numRuns: 3_000 },
  );
});
