import { type AbstractAgent, verifyEvents } from "@ag-ui/client";
import { type AGUIEvent, type BaseEvent, EventSchemas, EventType, type RunAgentInput } from "@ag-ui/core";
import { Subject, type Subscription } from "rxjs";
import { agentEvents } from "./agent-events";
import type { Clock } from "./clock";
import { DeltaFrames, type FramePulse } from "./delta-frames";
import type { RunnerLimits } from "./limits";
import type { LogWriter, RunLog } from "./log-writer";
import { type DescribedError, type EndReason, endOf } from "./run-ending";
import type { RunFeed } from "./run-feed";
import type { RunFold } from "./run-fold";
import type { LogEntry, RunRef } from "./store";

/** How an error is told to the person: never the cause itself. */
export type DescribeError = (error: unknown) => DescribedError;

export interface LiveRunParts {
  run: RunRef;
  /** Number of the newest event in the log: 1 for a new run, more for one that is taken over. */
  lastSeq: number;
  /** Position of the thread's newest message. */
  position: number;
  fold: RunFold;
  feed: RunFeed;
  writer: LogWriter;
  pulse: FramePulse;
  clock: Clock;
  limits: RunnerLimits;
  describeError: DescribeError;
  /** The run is over here: its end is stored, or another process has it. */
  onClosed(how: "ended" | "lost" | "abandoned"): void;
  /** Nothing that the agent says can be stored at the moment. */
  onStalled(): void;
  /** For the log: what `describeError` keeps from the person. */
  onError(error: unknown): void;
}

/**
 * One run being executed: takes the agent's events, gathers tokens into frames, checks the protocol, appends to the log, and ends the
 * run exactly once however it ends: by the agent, by a stop, by an error, by silence, by the process going down. It knows nothing of
 * requests: whoever watches reads the feed.
 */
export class LiveRun {
  private readonly log: RunLog;
  private readonly frames: DeltaFrames;
  private readonly verified = new Subject<BaseEvent>();
  private agent: AbstractAgent | undefined;
  private subscription: Subscription | undefined;
  private cancelWatchdog: (() => void) | undefined;
  private heardAt: number;
  private saidLastWord = false;
  private over = false;

  constructor(private readonly parts: LiveRunParts) {
    this.heardAt = parts.clock.now();
    this.frames = new DeltaFrames(parts.pulse, parts.clock, (event, urgent) => this.verify(event, urgent));
    this.log = parts.writer.open(parts.run, parts.lastSeq, {
      stored: (entries: LogEntry[]) => parts.feed.push(entries),
      ended: () => parts.onClosed("ended"),
      stopRequested: () => this.stop(),
      lost: () => {
        this.silence();
        parts.onClosed("lost");
      },
      stalled: () => parts.onStalled(),
      overflowed: () => this.finish({ kind: "failed", ...OVERFLOW }),
      refused: (error) => {
        parts.onError(error);
        // Not even the ending could be stored: the heartbeat finds the run without an executor and ends it barely.
        if (this.over) parts.onClosed("abandoned");
        else this.finish({ kind: "failed", ...parts.describeError(error), bare: true });
      },
    });
    // One RUN_STARTED a run, and it is ours: the agent's own is dropped, and so the verifier is told of it here.
    this.verified.pipe(verifyEvents(false)).subscribe({ error: (error) => this.fail(error) });
    const { threadId, clientRunId: runId } = parts.run;
    this.verified.next({ type: EventType.RUN_STARTED, threadId, runId } as BaseEvent);
  }

  get feed(): RunFeed {
    return this.parts.feed;
  }

  /** True while the agent says that it could go on in another process. */
  get resumable(): boolean {
    return (this.agent as { resumable?: boolean } | undefined)?.resumable === true;
  }

  /** Before an agent resumes: what its first life left open is ended, because it will begin its parts anew. */
  closeOpenParts(): void {
    const interrupted = { status: "interrupted", message: "The call was interrupted." };
    for (const event of this.parts.fold.open.closers(interrupted)) this.record(event, true);
  }

  /** Lets the agent loose. Returns at once; the agent keeps the async context of this call. */
  start(agent: AbstractAgent, input: RunAgentInput): void {
    if (this.over) return;
    this.agent = agent;
    this.watch();
    try {
      const subscription = agentEvents(agent, input).subscribe({
        next: (event) => this.take(event as AGUIEvent),
        error: (error) => this.fail(error),
        complete: () => this.fail(new Error("the agent ended without saying how")),
      });
      // An agent may be done, or stopped, before it has returned its subscription.
      if (!this.over) this.subscription = subscription;
      else if (!this.saidLastWord) subscription.unsubscribe();
    } catch (error) {
      this.fail(error);
    }
  }

  stop(): void {
    this.finish({ kind: "stopped" });
  }

  /** The process goes down, or the owner is gone: the run ends as interrupted. */
  interrupt(): void {
    this.finish({ kind: "interrupted" });
  }

  /** Stops executing without a word: the run goes on elsewhere. */
  abandon(): void {
    if (this.over) return;
    this.silence();
    this.parts.onClosed("abandoned");
  }

  private take(event: AGUIEvent): void {
    if (this.over) return;
    this.heardAt = this.parts.clock.now();
    switch (event.type) {
      case EventType.RUN_STARTED:
        return;
      case EventType.RUN_FINISHED:
        this.saidLastWord = true;
        this.finish({ kind: "finished", event });
        break;
      case EventType.RUN_ERROR:
        this.saidLastWord = true;
        this.finish({ kind: "failed", ...this.parts.describeError(event) });
        break;
      default:
        this.frames.take(event);
    }
  }

  private fail(error: unknown): void {
    if (this.over) return;
    this.parts.onError(error);
    this.finish({ kind: "failed", ...this.parts.describeError(error) });
  }

  private verify(event: AGUIEvent, urgent: boolean): void {
    if (this.over) return;
    if (isPlainText(event) && this.parts.fold.open.hasText(event.messageId)) {
      this.record(event, urgent);
      return;
    }
    const parsed = EventSchemas.safeParse(event);
    if (!parsed.success) {
      this.fail(new Error(`the agent sent a malformed ${event.type}`));
      return;
    }
    this.verified.next(parsed.data as BaseEvent);
    if (!this.over) this.record(parsed.data, urgent);
  }

  private record(event: AGUIEvent, urgent: boolean): void {
    this.parts.fold.apply(event);
    // The provider's raw payload is neither stored nor shown. `type` first: readers recognise events without parsing them.
    const { type, rawEvent: _raw, ...rest } = event;
    const json = JSON.stringify({ type, ...rest });
    if (json.length > this.parts.limits.eventBytesMax) this.fail(new Error(`an event of ${json.length} bytes`));
    else this.log.append(json, urgent);
  }

  private finish(reason: EndReason): void {
    if (this.over) return;
    this.frames.flush();
    // Flushing may itself have found the agent out.
    if (this.over) return;
    this.silence();
    const { fold, run, position, clock } = this.parts;
    const { events, end } = endOf(run, fold, reason, position, clock.now());
    for (const event of events) this.log.append(JSON.stringify(event), true);
    this.log.end(end);
  }

  /** From here on the agent is not heard. */
  private silence(): void {
    this.over = true;
    this.cancelWatchdog?.();
    const { agent, subscription } = this;
    this.agent = undefined;
    this.subscription = undefined;
    if (!agent) return;
    // An agent that said its last word itself may close its stream in peace, but not take for ever.
    if (this.saidLastWord)
      this.parts.clock.after(LAST_WORD_MS, () => subscription?.closed || abort(agent, subscription));
    else abort(agent, subscription);
  }

  private watch(): void {
    const { clock, limits } = this.parts;
    const silentMs = clock.now() - this.heardAt;
    if (silentMs >= limits.silenceMs) this.finish({ kind: "failed", ...SILENT });
    else this.cancelWatchdog = clock.after(limits.silenceMs - silentMs, () => this.watch());
  }
}

/** Text and nothing else: in a message that is open the schema and the verifier have nothing to say against it, and it is nearly all there is. */
function isPlainText(event: AGUIEvent): event is Extract<AGUIEvent, { type: EventType.TEXT_MESSAGE_CONTENT }> {
  if (event.type !== EventType.TEXT_MESSAGE_CONTENT || typeof event.delta !== "string" || event.delta === "")
    return false;
  for (const key in event) if (key !== "type" && key !== "messageId" && key !== "delta") return false;
  return true;
}

/** A provider that still answers has its connection closed. */
function abort(agent: AbstractAgent, subscription: Subscription | undefined): void {
  try {
    agent.abortRun();
  } catch {
    // An agent that cannot be aborted is at least no longer listened to.
  }
  subscription?.unsubscribe();
}

const LAST_WORD_MS = 5_000;
const OVERFLOW = {
  code: "unavailable",
  message: "This answer could not be stored, so it was ended. Please try again.",
};
const SILENT = { code: "timeout", message: "The assistant went silent, so this answer was ended." };
