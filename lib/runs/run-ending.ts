import { type AGUIEvent, EventType, type RunFinishedEvent } from "@ag-ui/core";
import type { RunFold } from "./run-fold";
import type { PlacedMessage, RunEnd, RunRef } from "./store";

export type EndReason =
  | { kind: "finished"; event: RunFinishedEvent }
  | { kind: "stopped" }
  | { kind: "interrupted" }
  /** `bare`: some of its events are not in the log, so nothing can be closed and nothing but the marker is kept. */
  | ({ kind: "failed"; bare?: boolean } & DescribedError);

/** An error as the person is told of it. */
export interface DescribedError {
  code: string;
  message: string;
  /** When asking again makes sense. */
  retryAfterMs?: number;
  /** To quote to an operator. */
  traceId?: string;
}

/**
 * The activity message that marks a run which did not finish by itself, at its place in the thread. A page renders it: what happened,
 * and "Continue" or "Retry". Content: `RunEndedContent`.
 */
export const RUN_ENDED_ACTIVITY = "run-ended";

export interface RunEndedContent {
  reason: "stopped" | "interrupted" | "failed";
  code: string;
  message: string;
  /** Of a failure. Epoch milliseconds when asking again makes sense: it counts down also for whoever comes back later. */
  retryAt?: number;
  /** Of a failure: to quote to an operator. */
  traceId?: string;
}

/** The last events of a run, and what is stored with them. Everything open is closed, so that `verifyEvents` and providers are content. */
export function endOf(
  run: RunRef,
  fold: RunFold,
  reason: EndReason,
  position: number,
  nowMs: number,
): { events: AGUIEvent[]; end: RunEnd } {
  const ids = { threadId: run.threadId, runId: run.clientRunId };
  const events: AGUIEvent[] = [];
  const add = (event: AGUIEvent) => {
    fold.apply(event);
    events.push(event);
  };
  if (reason.kind === "finished") {
    for (const event of fold.open.closers()) add(event);
    const { result, outcome, usage } = reason.event;
    add({
      type: EventType.RUN_FINISHED,
      ...ids,
      ...(result !== undefined && { result }),
      ...(outcome && { outcome }),
      ...(usage && { usage }),
    } as AGUIEvent);
    return { events, end: runEnd(fold, fold.interrupts.length > 0 ? "waiting" : "finished", position) };
  }
  const content = endedContent(reason, nowMs);
  const markerId = `${run.runId}-ended`;
  const bare = reason.kind === "failed" && reason.bare;
  if (!bare) for (const event of fold.open.closers({ status: content.reason, message: content.message })) add(event);
  add({
    type: EventType.ACTIVITY_SNAPSHOT,
    messageId: markerId,
    activityType: RUN_ENDED_ACTIVITY,
    content: { ...content },
    replace: true,
  });
  // A stop is what the user wanted, so it must not look like a failure: RUN_ERROR raises the client's error handler, in every tab.
  if (reason.kind === "stopped") {
    add({ type: EventType.RUN_FINISHED, ...ids, result: { ...content } } as AGUIEvent);
  } else {
    const { retryAfterMs, traceId } = reason.kind === "failed" ? reason : {};
    const hints = { ...(retryAfterMs !== undefined && { retryAfterMs }), ...(traceId !== undefined && { traceId }) };
    add({ type: EventType.RUN_ERROR, ...ids, message: content.message, code: content.code, ...hints } as AGUIEvent);
  }
  const end = runEnd(fold, reason.kind, position);
  if (bare) end.messages = end.messages.filter(({ message }) => message.id === markerId);
  return { events, end: reason.kind === "stopped" ? end : { ...end, errorCode: content.code } };
}

function endedContent(reason: Exclude<EndReason, { kind: "finished" }>, nowMs: number): RunEndedContent {
  switch (reason.kind) {
    case "stopped":
      return { reason: "stopped", code: "stopped", message: "Stopped by you" };
    case "interrupted":
      return { reason: "interrupted", code: "interrupted", message: "The answer was interrupted. You can continue." };
    case "failed":
      return {
        reason: "failed",
        code: reason.code,
        message: reason.message,
        ...(reason.retryAfterMs !== undefined && { retryAt: nowMs + reason.retryAfterMs }),
        ...(reason.traceId !== undefined && { traceId: reason.traceId }),
      };
  }
}

function runEnd(fold: RunFold, status: RunEnd["status"], position: number): RunEnd {
  const messages: PlacedMessage[] = fold.changed().map((message, i) => ({ position: position + 1 + i, message }));
  return {
    status,
    messages,
    ...(fold.interrupts.length > 0 && { interrupts: fold.interrupts }),
    ...(fold.state !== undefined && { state: fold.state }),
  };
}
