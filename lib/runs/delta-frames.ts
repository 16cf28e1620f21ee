import { type AGUIEvent, EventType } from "@ag-ui/core";
import type { Clock } from "./clock";
import type { RunnerLimits } from "./limits";

type DeltaEvent = Extract<
  AGUIEvent,
  { type: EventType.TEXT_MESSAGE_CONTENT | EventType.TOOL_CALL_ARGS | EventType.REASONING_MESSAGE_CONTENT }
>;

function isDelta(event: AGUIEvent): event is DeltaEvent {
  return (
    event.type === EventType.TEXT_MESSAGE_CONTENT ||
    event.type === EventType.TOOL_CALL_ARGS ||
    event.type === EventType.REASONING_MESSAGE_CONTENT
  );
}

const SLOTS = 4;
/** So many runs with text in hand, and a frame has its full length. */
const BUSY_RUNS = 100;

/**
 * The pulse of all frames of a process: one timer, so that runs whose frames are due together are written together. Frames stretch
 * from `frameMs` to `frameMsMax` with the number of runs that stream.
 */
export class FramePulse {
  private readonly dirty = new Set<DeltaFrames>();
  private ticking = false;

  constructor(
    private readonly clock: Clock,
    private readonly limits: Pick<RunnerLimits, "frameMs" | "frameMsMax">,
  ) {}

  get frameMs(): number {
    const { frameMs, frameMsMax } = this.limits;
    return frameMs + (frameMsMax - frameMs) * Math.min(1, this.dirty.size / BUSY_RUNS);
  }

  add(frames: DeltaFrames): void {
    this.dirty.add(frames);
    if (!this.ticking) this.tick();
  }

  remove(frames: DeltaFrames): void {
    this.dirty.delete(frames);
  }

  private tick(): void {
    this.ticking = true;
    this.clock.after(this.frameMs / SLOTS, () => {
      const dueBefore = this.clock.now() - this.frameMs;
      for (const frames of [...this.dirty]) if (frames.flushedAt <= dueBefore) frames.flush();
      if (this.dirty.size > 0) this.tick();
      else this.ticking = false;
    });
  }
}

/**
 * Gathers the tokens of one run into frames: events, rows, writes and renders then grow with time and not with tokens. The first
 * token after a pause goes at once. Deltas of different messages keep their own sums and the order in which they began.
 */
export class DeltaFrames {
  private readonly held = new Map<string, DeltaEvent>();
  flushedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly pulse: FramePulse,
    private readonly clock: Clock,
    private readonly emit: (event: AGUIEvent, urgent: boolean) => void,
  ) {}

  /** Takes an event of the agent; emits it now, or as part of a frame. */
  take(event: AGUIEvent): void {
    // Metadata may mean something at its very place, so such a delta stays an event of its own.
    if (!isDelta(event) || event.metadata !== undefined) {
      this.flush();
      this.emit(event, true);
      return;
    }
    if (this.held.size === 0 && this.clock.now() - this.flushedAt >= this.pulse.frameMs) {
      this.flushedAt = this.clock.now();
      this.emit(event, true);
      return;
    }
    this.hold(event);
  }

  flush(): void {
    if (this.held.size === 0) return;
    const events = [...this.held.values()];
    this.held.clear();
    this.pulse.remove(this);
    this.flushedAt = this.clock.now();
    for (const event of events) this.emit(event, false);
  }

  private hold(event: DeltaEvent): void {
    const key = `${event.type} ${event.type === EventType.TOOL_CALL_ARGS ? event.toolCallId : event.messageId} ${event.subagentRunId ?? ""}`;
    const held = this.held.get(key);
    if (held) held.delta += event.delta;
    else this.held.set(key, { ...event });
    this.pulse.add(this);
  }
}
