import { verifyEvents } from "@ag-ui/client";
import { type BaseEvent, EventSchemas, EventType, type RunAgentInput } from "@ag-ui/core";
import { Annotation, END, interrupt, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import jsonpatch from "fast-json-patch";
import { from, lastValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import { StrictSerializer } from "../checkpoints/strict-serializer";
import { runGraph } from "./run-graph";

const State = Annotation.Root({
  sku: Annotation<string>(),
  approved: Annotation<boolean>(),
  log: Annotation<string[]>({ reducer: (left, right) => left.concat(right), default: () => [] }),
});

function orderGraph() {
  let stockReads = 0;
  const graph = new StateGraph(State)
    .addNode("CHECK", async (state, config) => {
      stockReads++;
      config.writer?.({
        agui: [
          { type: EventType.TOOL_CALL_START, toolCallId: "t1", toolCallName: "stock" },
          { type: EventType.TOOL_CALL_ARGS, toolCallId: "t1", delta: JSON.stringify({ sku: state.sku }) },
          { type: EventType.TOOL_CALL_END, toolCallId: "t1" },
        ],
      });
      return { log: [`checked ${state.sku}`] };
    })
    .addNode("LEFT", async () => ({ log: ["left"] }))
    .addNode("REVIEW", async () => {
      const answer = interrupt({ reason: "order.review", message: "Approve?" });
      return { approved: (answer as { approved: boolean }).approved, log: ["reviewed"] };
    })
    .addEdge(START, "CHECK")
    .addEdge("CHECK", "LEFT")
    .addEdge("LEFT", "REVIEW")
    .addEdge("REVIEW", END)
    .compile({ checkpointer: new MemorySaver(new StrictSerializer()) });
  return { graph, stockReads: () => stockReads };
}

const input = (over: Partial<RunAgentInput> = {}): RunAgentInput => ({
  threadId: "t",
  runId: "r",
  messages: [],
  tools: [],
  context: [],
  state: { log: ["forged"] },
  forwardedProps: {},
  ...over,
});
const options = { threadKey: "tenant:orders:t", graphInput: { sku: "ACM-1" } };

/** Runs, checks every event against the schema and the order rules, and replays the deltas against each snapshot. */
async function collect(events: AsyncIterable<BaseEvent>): Promise<BaseEvent[]> {
  const list = await lastValueFrom(from(events).pipe(verifyEvents(false), toArray()));
  let state: unknown;
  for (const event of list.map((one) => EventSchemas.parse(one))) {
    if (event.type === EventType.STATE_DELTA)
      state = jsonpatch.applyPatch(structuredClone(state), event.delta).newDocument;
    if (event.type === EventType.STATE_SNAPSHOT) {
      if (state !== undefined) expect(event.snapshot).toEqual(state);
      state = event.snapshot;
    }
  }
  return list;
}

const last = (events: BaseEvent[]) =>
  events.at(-1) as BaseEvent & {
    outcome?: { type: string; interrupts?: { id: string; message: string }[] };
    code?: string;
  };

test("a run streams steps and exact deltas, stops at the interrupt, announces it again, and goes on from the answer", async () => {
  const { graph, stockReads } = orderGraph();
  const first = await collect(runGraph(graph, input(), options));
  expect(first.map((event) => event.type)).toContain(EventType.TOOL_CALL_START);
  const asked = last(first).outcome?.interrupts?.[0];
  expect(asked).toMatchObject({ message: "Approve?", reason: "order.review" });

  const again = await collect(runGraph(graph, input(), options));
  expect(last(again).outcome?.interrupts?.[0]?.id).toBe(asked?.id);
  expect(stockReads()).toBe(1);

  const resume = [{ interruptId: asked?.id ?? "", status: "resolved" as const, payload: { approved: true } }];
  const second = await collect(runGraph(graph, input({ resume }), options));
  expect(last(second).outcome?.type).toBe("success");
  const state = (await graph.getState({ configurable: { thread_id: options.threadKey } })).values;
  expect(state).toEqual({ sku: "ACM-1", approved: true, log: ["checked ACM-1", "left", "reviewed"] });
});

test("an answer to nothing, to a wrong id, or to only some of the questions is refused and changes nothing", async () => {
  const { graph } = orderGraph();
  const resume = [{ interruptId: "nope", status: "resolved" as const, payload: {} }];
  expect(last(await collect(runGraph(graph, input({ resume }), options))).code).toBe("no_open_interrupt");
  await collect(runGraph(graph, input(), options));
  expect(last(await collect(runGraph(graph, input({ resume }), options))).code).toBe("unknown_interrupt");
  expect(last(await collect(runGraph(graph, input(), options))).outcome?.type).toBe("interrupt");
});

test("a node's failure shows no detail, and the next run tries that node again", async () => {
  let fail = true;
  const graph = new StateGraph(State)
    .addNode("A", async () => ({ log: ["a"] }))
    .addNode("B", async () => {
      if (fail) throw new Error("password=hunter2 refused");
      return { log: ["b"] };
    })
    .addEdge(START, "A")
    .addEdge("A", "B")
    .addEdge("B", END)
    .compile({ checkpointer: new MemorySaver(new StrictSerializer()) });
  const failed = await collect(runGraph(graph, input(), options));
  expect(last(failed)).toMatchObject({ type: EventType.RUN_ERROR, code: "internal" });
  expect(JSON.stringify(failed)).not.toContain("hunter2");
  fail = false;
  await collect(runGraph(graph, input(), options));
  expect((await graph.getState({ configurable: { thread_id: options.threadKey } })).values.log).toEqual(["a", "b"]);
});
