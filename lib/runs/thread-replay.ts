import type { AGUIEvent } from "@ag-ui/core";
import type { Clock } from "./clock";
import type { Frames } from "./event-stream";
import type { RunnerLimits } from "./limits";
import type { LogTailer } from "./log-tailer";
import { follow, type RunFeed } from "./run-feed";
import type { LastRun, RunStore, ThreadSnapshot } from "./store";

export interface ReplayParts {
  store: Pick<RunStore, "read">;
  tailer: LogTailer;
  clock: Clock;
  limits: RunnerLimits;
}

/**
 * A thread for somebody who opens or rejoins it. What earlier runs amount to comes as one MESSAGES_SNAPSHOT (and STATE_SNAPSHOT),
 * inside one run so that `verifyEvents` is content. A running run follows from its first event to its last. An idle thread ends at
 * once, announcing again the interrupts that still wait for an answer; a thread without messages sends nothing.
 */
export function replayThread(
  parts: ReplayParts,
  tenantId: string,
  threadId: string,
  thread: ThreadSnapshot,
  /** What else is kept of the thread; a running run's own events say it anew. */
  announce: () => Promise<AGUIEvent[]> = async () => [],
): Frames {
  const { last, messages } = thread;
  if (last?.status === "running" && last.started)
    return replayLive(parts, tenantId, thread, last, last.started, announce);
  return async function* () {
    if (messages === "[]") return;
    const ids = { threadId, runId: last?.clientRunId ?? threadId };
    const batch = [JSON.stringify({ type: "RUN_STARTED", ...ids }), snapshotOf(messages)];
    if (thread.state !== null) batch.push(stateOf(thread.state));
    batch.push(...(await announce()).map(jsonOf));
    const waits = last?.status === "waiting" && last.interrupts && last.interrupts.length > 0;
    const outcome = waits ? { outcome: { type: "interrupt", interrupts: last.interrupts } } : {};
    batch.push(JSON.stringify({ type: "RUN_FINISHED", ...ids, ...outcome }));
    yield batch;
  };
}

function replayLive(
  parts: ReplayParts,
  tenantId: string,
  thread: ThreadSnapshot,
  last: LastRun,
  started: string,
  announce: () => Promise<AGUIEvent[]>,
): Frames {
  return async function* (signal) {
    // The run's deltas apply to the state it began with, which a client that rejoins has left behind.
    const { input } = JSON.parse(started) as { input?: { state?: unknown } };
    const begun = [started, snapshotOf(thread.messages), stateOf(JSON.stringify(input?.state ?? {}))];
    yield [...begun, ...(await announce()).map(jsonOf)];
    yield* followRun(parts, parts.tailer.open(tenantId, last.runId, last.head), 1)(signal);
  };
}

/** The events of one run after `after`, to its end. */
export function followRun(parts: ReplayParts, feed: RunFeed, after: number): Frames {
  return async function* (signal) {
    try {
      yield* follow(parts, feed, after, signal);
    } finally {
      parts.tailer.release(feed);
    }
  };
}

// `type` first: readers recognise events without parsing them.
const jsonOf = ({ type, ...rest }: AGUIEvent) => JSON.stringify({ type, ...rest });
// The database made the JSON; it is passed on without being read.
const snapshotOf = (messages: string) => `{"type":"MESSAGES_SNAPSHOT","messages":${messages}}`;
const stateOf = (state: string) => `{"type":"STATE_SNAPSHOT","snapshot":${state}}`;
