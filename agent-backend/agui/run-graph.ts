// A LangGraph.js graph as an AG-UI agent: its state as exact RFC 6902 deltas, its nodes as steps, its interrupts as the protocol's own.
// Ours because the published adapter needs a LangGraph server and sends wrong intermediate state for channels with reducers.
import { type BaseEvent, EventType, type Interrupt, type ResumeEntry, type RunAgentInput } from "@ag-ui/core";
import { Command, type CompiledStateGraph } from "@langchain/langgraph";
// The package root resolves to its uncompiled source under tsx.
import { compare } from "fast-json-patch/commonjs/duplex.js";
import { StepNames } from "./step-names";

type State = Record<string, unknown>;
// The graph's node and channel types vary with each graph and are of no concern here.
// biome-ignore lint/suspicious/noExplicitAny: CompiledStateGraph is invariant in all of its parameters.
export type Graph = CompiledStateGraph<any, any, any, any, any, any>;

export interface RunGraphOptions {
  /** The checkpoint thread: made on the server from a verified token, never the client's word. */
  threadKey: string;
  /** What the graph starts with on a fresh thread. What a client sends as `state` is never fed back. */
  graphInput: State;
  /** Ports and identity for the nodes, under `config.configurable`. */
  configurable?: State;
  signal?: AbortSignal;
  /** The state as clients may see it. Default: all of it. */
  view?(state: State): State;
  /** Throws GraphRunError for a stored state that the graph cannot go on from. */
  requireState?(state: State): void;
  /** The cause of a failure, for the log: clients get a code and general words. */
  onFailure?(error: unknown): void;
}

/** A failure with a code for the client; anything else thrown becomes `internal`. */
export class GraphRunError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Runs, resumes or continues the graph on its thread and yields AG-UI events from RUN_STARTED to RUN_FINISHED or RUN_ERROR.
 * - Fresh thread: starts with `graphInput`. Interrupted thread without `resume`: announces the open interrupts again.
 * - `resume` must answer all open interrupts; a thread that has none refuses it with `no_open_interrupt`.
 * - A thread whose process died goes on from its last checkpoint; the node that was running runs again.
 */
export async function* runGraph(
  graph: Graph,
  input: RunAgentInput,
  options: RunGraphOptions,
): AsyncGenerator<BaseEvent> {
  const { threadId, runId } = input;
  const view = options.view ?? ((state: State) => state);
  const config = {
    configurable: { ...options.configurable, thread_id: options.threadKey },
    durability: "sync" as const,
    signal: options.signal,
  };
  yield event(EventType.RUN_STARTED, { threadId, runId });
  try {
    const before = await graph.getState(config);
    const open = openInterrupts(before.tasks);
    options.requireState?.(plain(before.values));
    let shown = view(plain(before.values));
    yield event(EventType.STATE_SNAPSHOT, { snapshot: shown });
    if (open.length > 0 && !input.resume?.length) {
      yield event(EventType.RUN_FINISHED, {
        threadId,
        runId,
        outcome: { type: "interrupt", interrupts: open.map(shownInterrupt) },
      });
      return;
    }
    // Not by `next`: that leaves out a task whose writes are stored and whose checkpoint is not, because a process died in between.
    const start = startOf(input.resume, open, before.tasks.length > 0, options.graphInput);
    const steps = new StepNames();
    for await (const [mode, chunk] of await graph.stream(start, {
      ...config,
      streamMode: ["tasks", "values", "custom"],
    })) {
      if (mode === "tasks") yield* steps.eventsOf(chunk as Parameters<StepNames["eventsOf"]>[0]);
      else if (mode === "custom") {
        yield* customEvents(chunk);
        const preview = previewOf(chunk);
        if (!preview) continue;
        const next = { ...shown, ...plain(preview) };
        const delta = compare(shown, next);
        if (delta.length > 0) yield event(EventType.STATE_DELTA, { delta });
        shown = next;
      }
      // On an interrupt this chunk holds the interrupt and none of the channels; comparing with it would delete the whole state.
      else if (!("__interrupt__" in (chunk as State))) {
        const next = view(plain(chunk));
        const delta = compare(shown, next);
        if (delta.length > 0) yield event(EventType.STATE_DELTA, { delta });
        shown = next;
      }
    }
    yield* steps.closeAll();
    const after = await graph.getState(config);
    const interrupts = openInterrupts(after.tasks);
    yield event(EventType.STATE_SNAPSHOT, { snapshot: view(plain(after.values)) });
    yield event(EventType.RUN_FINISHED, {
      threadId,
      runId,
      outcome:
        interrupts.length > 0 ? { type: "interrupt", interrupts: interrupts.map(shownInterrupt) } : { type: "success" },
    });
  } catch (error) {
    options.onFailure?.(error);
    yield event(EventType.RUN_ERROR, failureOf(error, options.signal));
  }
}

function startOf(
  resume: ResumeEntry[] | undefined,
  open: OpenInterrupt[],
  unfinished: boolean,
  graphInput: State,
): State | Command | null {
  if (!resume?.length) return unfinished ? null : graphInput;
  if (open.length === 0)
    throw new GraphRunError("no_open_interrupt", "This was answered already, or there is nothing to answer.");
  const answers = new Map(resume.map((entry) => [entry.interruptId, entry]));
  for (const id of answers.keys()) {
    if (!open.some((interrupt) => interrupt.id === id))
      throw new GraphRunError("unknown_interrupt", "There is no open question with this id.");
  }
  if (answers.size !== open.length)
    throw new GraphRunError("partial_resume", "All open questions have to be answered together.");
  // Always the map by id: a bare value would answer every open interrupt with the same words.
  const values = [...answers].map(([id, entry]) => [
    open.find((interrupt) => interrupt.id === id)?.graphId,
    entry.status === "cancelled" ? { cancelled: true } : entry.payload,
  ]);
  return new Command({ resume: Object.fromEntries(values) });
}

interface Task {
  interrupts?: { id?: string; value?: unknown }[];
}

/** An interrupt as clients know it, and the id under which the graph takes its answer. */
export interface OpenInterrupt extends Interrupt {
  graphId: string;
}

/** The open questions of a thread. A question that brings an id of its own keeps it: the one under which its answer is stored, say. */
export function openInterrupts(tasks: readonly Task[]): OpenInterrupt[] {
  return tasks.flatMap((task) =>
    (task.interrupts ?? []).map(({ id = "", value }) => {
      const fields = value !== null && typeof value === "object" ? (value as Partial<Interrupt>) : {};
      return { reason: "input_required", id, ...fields, graphId: id };
    }),
  );
}

function shownInterrupt({ graphId: _own, ...interrupt }: OpenInterrupt): Interrupt {
  return interrupt;
}

/** Nodes stream protocol events of their own (text, tool calls) as `writer({ agui: [...] })`. */
function* customEvents(chunk: unknown): Generator<BaseEvent> {
  const events = (chunk as { agui?: BaseEvent[] } | null)?.agui;
  if (Array.isArray(events)) yield* events;
}

/** What a node that works for long shows of its state before it has ended, as `writer({ preview: {...} })`. Its result replaces it. */
function previewOf(chunk: unknown): State | undefined {
  const { preview } = (chunk ?? {}) as { preview?: State };
  return preview !== null && typeof preview === "object" ? preview : undefined;
}

function failureOf(error: unknown, signal: AbortSignal | undefined): { code: string; message: string } {
  if (signal?.aborted) return { code: "cancelled", message: "The run was stopped." };
  if (error instanceof GraphRunError) return { code: error.code, message: error.message };
  return {
    code: "internal",
    message: "This step failed. Nothing that was done before it is lost; try again to continue from there.",
  };
}

const plain = (value: unknown): State => structuredClone((value ?? {}) as State);

const event = (type: EventType, fields: object): BaseEvent => ({ type, ...fields }) as BaseEvent;
