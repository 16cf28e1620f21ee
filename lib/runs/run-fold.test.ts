import { AbstractAgent, defaultApplyEvents, verifyEvents } from "@ag-ui/client";
import { type AGUIEvent, type BaseEvent, EventType, type Message, type RunAgentInput } from "@ag-ui/core";
import fc from "fast-check";
import { EMPTY, from, lastValueFrom, type Observable, Subject, toArray } from "rxjs";
import { expect, test } from "vitest";
import { RunFold } from "./run-fold";

class StillAgent extends AbstractAgent {
  run(): Observable<BaseEvent> {
    return EMPTY;
  }
}

/** What the client's own reducer makes of the events. */
async function reduceAsClient(history: Message[], state: unknown, events: AGUIEvent[]) {
  const agent = new StillAgent({ initialMessages: history });
  const input: RunAgentInput = {
    threadId: "t",
    runId: "r",
    messages: history,
    tools: [],
    context: [],
    state,
    forwardedProps: {},
  };
  const silent = [{ onEvent: () => undefined }];
  const updates = await lastValueFrom(
    defaultApplyEvents(input, from(events as BaseEvent[]), agent, silent).pipe(toArray()),
  );
  return {
    messages: updates.findLast((update) => update.messages)?.messages ?? history,
    state: updates.findLast((update) => update.state !== undefined)?.state ?? state,
  };
}

/** The events that `verifyEvents` lets through, so that arbitrary ones become a stream that an agent might send. */
function onlyLegal(events: AGUIEvent[]): AGUIEvent[] {
  const legal: AGUIEvent[] = [{ type: EventType.RUN_STARTED, threadId: "t", runId: "r" }];
  for (const event of events) {
    const source = new Subject<BaseEvent>();
    let refused = false;
    source.pipe(verifyEvents(false)).subscribe({
      error: () => {
        refused = true;
      },
    });
    for (const each of [...legal, event]) source.next(each as BaseEvent);
    if (!refused) legal.push(event);
  }
  return legal;
}

const history: Message[] = [
  { id: "h1", role: "user", content: "before" },
  {
    id: "h2",
    role: "assistant",
    content: "I call",
    toolCalls: [{ id: "hc", type: "function", function: { name: "f", arguments: "{}" } }],
  },
  { id: "h3", role: "activity", activityType: "plan", content: { steps: [] } },
];

const messageId = fc.constantFrom("m1", "m2", "h2");
const reasoningId = fc.constantFrom("r1", "r2");
const activityId = fc.constantFrom("a1", "h3");
const toolCallId = fc.constantFrom("c1", "c2", "hc");
const delta = fc.string({ maxLength: 4, unit: "grapheme" });
const metadata = fc.option(fc.record({ k: fc.integer({ max: 9, min: 0 }) }), { nil: undefined, freq: 4 });
const patch = fc.array(
  fc.record({
    op: fc.constantFrom("add", "replace", "remove"),
    path: fc.constantFrom("/a", "/b", "/list/-"),
    value: fc.integer(),
  }),
  { maxLength: 2 },
);

function event<T extends EventType>(type: T, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<AGUIEvent> {
  return fc.record({ ...fields, metadata }).map(({ metadata: tags, ...rest }) => {
    return { type, ...rest, ...(tags === undefined ? {} : { metadata: tags }) } as unknown as AGUIEvent;
  });
}

const anyEvent = fc.oneof(
  event(EventType.TEXT_MESSAGE_START, { messageId, role: fc.constantFrom("assistant", "user") }),
  event(EventType.TEXT_MESSAGE_CONTENT, { messageId, delta }),
  event(EventType.TEXT_MESSAGE_END, { messageId }),
  event(EventType.REASONING_MESSAGE_START, { messageId: reasoningId, role: fc.constant("reasoning") }),
  event(EventType.REASONING_MESSAGE_CONTENT, { messageId: reasoningId, delta }),
  event(EventType.REASONING_MESSAGE_END, { messageId: reasoningId }),
  event(EventType.TOOL_CALL_START, { toolCallId, toolCallName: fc.constantFrom("f", "g") }),
  event(EventType.TOOL_CALL_START, { toolCallId, toolCallName: fc.constant("f"), parentMessageId: messageId }),
  event(EventType.TOOL_CALL_ARGS, { toolCallId, delta }),
  event(EventType.TOOL_CALL_END, { toolCallId }),
  event(EventType.TOOL_CALL_RESULT, { toolCallId, messageId: fc.uuid(), content: delta }),
  event(EventType.STATE_SNAPSHOT, { snapshot: fc.record({ a: fc.integer(), list: fc.constant([]) }) }),
  event(EventType.STATE_DELTA, { delta: patch }),
  event(EventType.ACTIVITY_SNAPSHOT, {
    messageId: activityId,
    activityType: fc.constant("plan"),
    content: fc.record({ list: fc.constant([]) }),
    replace: fc.boolean(),
  }),
  event(EventType.ACTIVITY_DELTA, { messageId: activityId, activityType: fc.constant("plan"), patch }),
  event(EventType.REASONING_ENCRYPTED_VALUE, {
    subtype: fc.constantFrom("message", "tool-call"),
    entityId: fc.constantFrom("m1", "r1", "c1", "h2", "hc"),
    encryptedValue: delta,
  }),
);

test("folds to what the client's reducer shows, and leaves earlier messages as they were", async () => {
  const quiet = console.warn;
  console.warn = () => {};
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent, { maxLength: 40 }), async (events) => {
        const legal = onlyLegal(events);
        const before = structuredClone(history);
        const fold = new RunFold(history, { list: [] });
        for (const each of legal) fold.apply(each);
        const client = await reduceAsClient(structuredClone(history), { list: [] }, structuredClone(legal));
        expect(fold.messages).toEqual(client.messages);
        expect(fold.state).toEqual(client.state);
        expect(history).toEqual(before);
        const untouched = fold.messages.filter((message) => !fold.changed().includes(message));
        expect(history).toEqual(expect.arrayContaining(untouched));
      }),
      { numRuns: 1_500 },
    );
  } finally {
    console.warn = quiet;
  }
});

test("closing what is open makes any stream legal to finish", () => {
  const ends = (fold: RunFold, unanswered?: { status: string; message: string }) => fold.open.closers(unanswered);
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.boolean(), (events, interrupted) => {
      const legal = onlyLegal(events);
      const fold = new RunFold([], {});
      for (const each of legal) fold.apply(each);
      const closers = ends(fold, interrupted ? { status: "interrupted", message: "gone" } : undefined);
      const finished = [...legal, ...closers, { type: EventType.RUN_FINISHED, threadId: "t", runId: "r" } as AGUIEvent];
      expect(onlyLegal(finished.slice(1))).toEqual(finished);
      for (const closer of closers) fold.apply(closer);
      if (interrupted) expect(ends(fold, { status: "", message: "" })).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a restated conversation renames what this run streamed and loses nothing that earlier runs stored", () => {
  const fold = new RunFold(history, undefined);
  fold.apply({ type: EventType.TEXT_MESSAGE_START, messageId: "streamed", role: "assistant" });
  fold.apply({ type: EventType.TEXT_MESSAGE_CONTENT, messageId: "streamed", delta: "hello" });
  const restated: Message[] = [
    { id: "h1", role: "user", content: "before" },
    { id: "canonical", role: "assistant", content: "hello" },
  ];
  fold.apply({ type: EventType.MESSAGES_SNAPSHOT, messages: restated });
  expect(fold.messages.map(({ id }) => id)).toEqual(["h1", "h2", "h3", "canonical"]);
  expect(fold.changed()).toEqual([{ id: "canonical", role: "assistant", content: "hello" }]);
});
