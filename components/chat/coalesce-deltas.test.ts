import { type BaseEvent, EventType } from "@ag-ui/core";
import { Subject } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { coalesceDeltas } from "./coalesce-deltas";

const text = (messageId: string, delta: string) =>
  ({ type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta }) as BaseEvent;
const end = (messageId: string) => ({ type: EventType.TEXT_MESSAGE_END, messageId }) as BaseEvent;

function collect() {
  const source = new Subject<BaseEvent>();
  const seen: BaseEvent[] = [];
  let completed = false;
  let failure: unknown;
  const subscription = source.pipe(coalesceDeltas({ minMs: 50, maxMs: 80, charsPerMs: 10 })).subscribe({
    next: (event) => seen.push(event),
    error: (error) => {
      failure = error;
    },
    complete: () => {
      completed = true;
    },
  });
  return { source, seen, subscription, completed: () => completed, failure: () => failure };
}

describe("coalesceDeltas", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("passes the first delta at once and joins the rest of the frame", () => {
    const { source, seen } = collect();
    source.next(text("m", "a"));
    expect(seen).toEqual([text("m", "a")]);
    for (const delta of "bcdef") source.next(text("m", delta));
    expect(seen).toHaveLength(1);
    vi.advanceTimersByTime(50);
    expect(seen).toEqual([text("m", "a"), text("m", "bcdef")]);
  });

  it("lets frames grow with the text, up to a bound, and begins anew with the next one", () => {
    const { source, seen } = collect();
    source.next(text("m", "x".repeat(200)));
    source.next(text("m", "y"));
    vi.advanceTimersByTime(69);
    expect(seen).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(seen).toHaveLength(2);

    source.next(text("m", "x".repeat(5_000)));
    vi.advanceTimersByTime(70);
    source.next(text("m", "y"));
    vi.advanceTimersByTime(79);
    expect(seen).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(seen).toHaveLength(4);

    source.next(text("n", "a"));
    vi.advanceTimersByTime(80);
    source.next(text("n", "b"));
    vi.advanceTimersByTime(50);
    expect(seen).toHaveLength(6);
  });

  it("keeps the order: another message or another kind of event flushes what is held", () => {
    const { source, seen } = collect();
    source.next(text("m", "a"));
    source.next(text("m", "b"));
    source.next(text("n", "c"));
    source.next(end("m"));
    expect(seen).toEqual([text("m", "a"), text("m", "b"), text("n", "c"), end("m")]);
  });

  it("loses nothing when the stream ends or fails inside a frame", () => {
    const finished = collect();
    finished.source.next(text("m", "a"));
    finished.source.next(text("m", "b"));
    finished.source.complete();
    expect(finished.seen).toEqual([text("m", "a"), text("m", "b")]);
    expect(finished.completed()).toBe(true);

    const failed = collect();
    failed.source.next(text("m", "a"));
    failed.source.next(text("m", "b"));
    failed.source.error(new Error("gone"));
    expect(failed.seen).toHaveLength(2);
    expect(failed.failure()).toEqual(new Error("gone"));
  });

  it("sends nothing after it was left", () => {
    const { source, seen, subscription } = collect();
    source.next(text("m", "a"));
    source.next(text("m", "b"));
    subscription.unsubscribe();
    vi.advanceTimersByTime(1_000);
    expect(seen).toHaveLength(1);
  });
});
