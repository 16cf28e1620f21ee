import { setTimeout as sleep } from "node:timers/promises";
import { type BaseEvent, EventType, type Interrupt } from "@ag-ui/core";
// The package root resolves to its uncompiled source under tsx.
import { compare } from "fast-json-patch/commonjs/duplex.js";
import type { Executor } from "./executor";
import type { GraphThread } from "./graph-threads";

const POLL_MS = 250;

/**
 * The thread as AG-UI events, until it waits for somebody or has ended: from memory where it is executed here, otherwise from its
 * checkpoints, whose changes are sent as deltas. Says nothing to the run; it may be called by any number of watchers on any process.
 */
export async function* followThread(
  executor: Executor,
  thread: GraphThread,
  ids: { threadId: string; runId: string },
  signal: AbortSignal,
): AsyncGenerator<BaseEvent> {
  const run = await executor.upcomingRun(thread.id);
  if (run) {
    let last: BaseEvent | undefined;
    for await (const one of run.watch(signal)) {
      last = one;
      yield readdressed(one, ids);
    }
    if (isLastWord(last) || signal.aborted) return;
    if (!last) yield event(EventType.RUN_STARTED, ids);
    yield event(EventType.RUN_ERROR, { code: "interrupted", message: "This was interrupted and goes on by itself." });
    return;
  }
  yield event(EventType.RUN_STARTED, ids);
  let shown = (await executor.stateOf(thread)).state;
  yield event(EventType.STATE_SNAPSHOT, { snapshot: shown });
  for (let current = thread; !signal.aborted; ) {
    const { state, interrupts } = await executor.stateOf(current);
    const delta = compare(shown, state);
    if (delta.length > 0) yield event(EventType.STATE_DELTA, { delta });
    shown = state;
    if (current.status !== "running" && !current.wake) {
      yield lastWord(current, interrupts, ids);
      return;
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
    current = (await executor.threads.get(thread.tenantId, thread.id)) ?? {
      ...current,
      status: "finished",
      wake: false,
    };
  }
}

function lastWord(thread: GraphThread, open: (Interrupt & { graphId: string })[], ids: object): BaseEvent {
  if (thread.status === "failed") {
    const message = "This step failed. Nothing that was done before it is lost; try again to continue from there.";
    return event(EventType.RUN_ERROR, { code: "failed", message });
  }
  const interrupts = open.map(({ graphId: _own, ...interrupt }) => interrupt);
  const outcome = interrupts.length > 0 ? { type: "interrupt", interrupts } : { type: "success" };
  return event(EventType.RUN_FINISHED, { ...ids, outcome });
}

const isLastWord = (one: BaseEvent | undefined) =>
  one?.type === EventType.RUN_FINISHED || one?.type === EventType.RUN_ERROR;

/** A conversation's run has the conversation's ids, whichever thread does the work. */
function readdressed(one: BaseEvent, ids: { threadId: string; runId: string }): BaseEvent {
  return one.type === EventType.RUN_STARTED || one.type === EventType.RUN_FINISHED
    ? ({ ...one, ...ids } as BaseEvent)
    : one;
}

const event = (type: EventType, fields: object): BaseEvent => ({ type, ...fields }) as BaseEvent;
