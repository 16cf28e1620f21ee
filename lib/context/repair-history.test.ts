import type { ModelMessage } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import { flattenToolCalls, repairHistory } from "./repair-history";

const call = (toolCallId: string) => ({
  type: "tool-call" as const,
  toolCallId,
  toolName: "look",
  input: { at: toolCallId },
});
const result = (toolCallId: string) => ({
  type: "tool-result" as const,
  toolCallId,
  toolName: "look",
  output: { type: "text" as const, value: `saw ${toolCallId}` },
});

const ids = fc.constantFrom("c1", "c2", "c3", "c4");
const anyMessage: fc.Arbitrary<ModelMessage> = fc.oneof(
  fc.record({ role: fc.constant("user" as const), content: fc.constantFrom("hello", "and then?") }),
  fc.record({ role: fc.constant("assistant" as const), content: fc.constantFrom("", "well") }),
  fc.record({
    role: fc.constant("assistant" as const),
    content: fc
      .tuple(
        fc.array(fc.constant({ type: "text" as const, text: "so" }), { maxLength: 1 }),
        fc.array(ids.map(call), { maxLength: 3 }),
      )
      .map(([text, calls]) => [...text, ...calls]),
  }),
  fc.record({ role: fc.constant("tool" as const), content: fc.array(ids.map(result), { maxLength: 3 }) }),
);

const callsOf = (message: ModelMessage | undefined): string[] =>
  message?.role === "assistant" && typeof message.content !== "string"
    ? message.content.flatMap((part) => (part.type === "tool-call" ? [part.toolCallId] : []))
    : [];
const resultsOf = (message: ModelMessage | undefined): string[] =>
  message?.role === "tool"
    ? message.content.flatMap((part) => (part.type === "tool-result" ? [part.toolCallId] : []))
    : [];

test("whatever a crash left behind: each call is followed at once by its one result, no result stands alone, nothing is empty", () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 12 }), (messages) => {
      const repaired = repairHistory(messages);
      repaired.forEach((message, i) => {
        expect(message.content.length).toBeGreaterThan(0);
        expect(new Set(callsOf(message)).size).toBe(callsOf(message).length);
        if (callsOf(message).length > 0) expect(resultsOf(repaired[i + 1])).toEqual(callsOf(message));
        if (message.role === "tool") expect(callsOf(repaired[i - 1])).toEqual(resultsOf(message));
      });
      // What people said is all there.
      expect(repaired.filter(({ role }) => role === "user")).toEqual(messages.filter(({ role }) => role === "user"));
      expect(repairHistory(repaired)).toEqual(repaired);
    }),
    { numRuns: 500 },
  );
});

test("a call that was interrupted is answered as such", () => {
  const repaired = repairHistory([
    { role: "user", content: "look" },
    { role: "assistant", content: [call("c1")] },
  ]);
  expect(JSON.stringify(repaired.at(-1))).toContain("interrupted");
});

test("ids that a server counts anew in each answer keep each call with its own result", () => {
  const other = { ...result("c1"), output: { type: "text" as const, value: "saw something else" } };
  const messages: ModelMessage[] = [
    { role: "assistant", content: [call("c1")] },
    { role: "tool", content: [result("c1")] },
    { role: "assistant", content: [call("c1")] },
    { role: "tool", content: [other] },
  ];
  expect(repairHistory(messages)).toEqual(messages);
});

test("flattened, a conversation says the same without any tool call", () => {
  const flat = flattenToolCalls([
    { role: "user", content: "look" },
    { role: "assistant", content: [{ type: "text", text: "I look." }, call("c1")] },
    { role: "tool", content: [result("c1")] },
  ]);
  expect(flat.every(({ content }) => typeof content === "string")).toBe(true);
  expect(JSON.stringify(flat)).toContain("saw c1");
});
