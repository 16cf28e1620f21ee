import type { AgentSubscriber, Message } from "@ag-ui/client";
import { expect, test } from "vitest";
import { CONTEXT_COMPACTED_EVENT, TOKEN_UPDATE_EVENT } from "@/contract/usage";
import { ContextReading } from "./context-reading";

const meter = {
  tokens_used: 120,
  tokens_remaining: 8_072,
  context_window: 8_192,
  context_utilization: 0.015,
  estimated_cost_usd: null,
  cached_tokens: 0,
  reasoning_tokens: 0,
  measured: true,
  model: "m",
  breakdown: { system: 20, history: 100, documents: 0, tools: 0, summary: 0 },
  compacted: { messages: 0, throughMessageId: null },
};
const compacted = { messages: 2, throughMessageId: "a1", by: "outline", text: "Order 7" };
const thread = ["q1", "a1", "q2", "a2"].map((id) => ({
  id,
  role: id.startsWith("q") ? "user" : "assistant",
  content: id,
})) as Message[];

function listening() {
  const reading = new ContextReading();
  const subscriber = reading.subscriber();
  const told = (name: string, value: unknown, messages: Message[] = thread) =>
    subscriber.onCustomEvent?.({ event: { name, value }, messages } as unknown as Parameters<
      NonNullable<AgentSubscriber["onCustomEvent"]>
    >[0]);
  const changed = (messages: Message[]) =>
    subscriber.onMessagesChanged?.({ messages } as unknown as Parameters<
      NonNullable<AgentSubscriber["onMessagesChanged"]>
    >[0]);
  return { reading, told, changed };
}

test("keeps the last reading of the meter, and none that is malformed", () => {
  const { reading, told } = listening();
  told(TOKEN_UPDATE_EVENT, meter);
  told(TOKEN_UPDATE_EVENT, { ...meter, tokens_used: "many" });
  expect(reading.meter.get()).toEqual(meter);
  reading.clear();
  expect(reading.meter.get()).toBeNull();
});

test("finds the first question that the model still reads, also when the thread comes after the news", () => {
  const { reading, told, changed } = listening();
  told(CONTEXT_COMPACTED_EVENT, compacted, []);
  expect(reading.compaction.get()).toBeNull();
  changed(thread);
  expect(reading.compaction.get()).toMatchObject({ beforeId: "q2", messages: 2, text: "Order 7" });
  told(CONTEXT_COMPACTED_EVENT, { ...compacted, throughMessageId: "gone" });
  expect(reading.compaction.get()).toBeNull();
});

test("leaves the line alone while an answer streams", () => {
  const { reading, told, changed } = listening();
  told(CONTEXT_COMPACTED_EVENT, compacted);
  const before = reading.compaction.get();
  changed([...thread, { id: "a3", role: "assistant", content: "w" }]);
  expect(reading.compaction.get()).toBe(before);
});
