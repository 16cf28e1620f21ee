import { setImmediate as nextTurn } from "node:timers/promises";
import { type AGUIEvent, EventType } from "@ag-ui/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { text, tool } from "@/test/scripted-agent";
import { VirtualClock } from "@/test/virtual-clock";
import { toServerSentEvents } from "./event-stream";
import { follow, joinDeltas, RunFeed } from "./run-feed";
import type { LogEntry } from "./store";

const entry = (seq: number, json = `{"type":"CUSTOM","value":${seq}}`): LogEntry => ({ seq, json });
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const END = '{"type":"RUN_FINISHED"}';

function world(tailMax = 4) {
  const log: LogEntry[] = [];
  const reads: number[] = [];
  const feed = new RunFeed("acme", "run", 0, true, tailMax);
  const store = {
    read: async (_tenant: string, [cursor]: { runId: string; after: number }[], limit: number) => {
      reads.push(cursor?.after ?? 0);
      return log
        .filter(({ seq }) => seq > (cursor?.after ?? 0))
        .slice(0, limit)
        .map((each) => ({ ...each, runId: "run" }));
    },
  };
  const say = (...said: LogEntry[]) => {
    log.push(...said);
    feed.push(said);
  };
  const listen = (signal = new AbortController().signal) =>
    follow({ store, clock: new VirtualClock(), limits: { pageEvents: 3 } }, feed, 0, signal);
  return { feed, reads, say, listen, log };
}

async function all(frames: AsyncGenerator<string[]>): Promise<string[]> {
  const events: string[] = [];
  for await (const batch of frames) events.push(...batch);
  return events;
}

test("a reader that keeps up is served from memory, one that does not from the log, and both get everything once", async () => {
  const { say, listen, reads, log, feed } = world();
  const quick = all(listen());
  const slow = listen();
  for (let seq = 1; seq <= 20; seq++) {
    say(entry(seq));
    await nextTurn();
  }
  expect(reads).toEqual([]);
  say(entry(21, END));
  const expected = log.map(({ json }) => json);
  expect(await quick).toEqual(expected);
  expect(await all(slow)).toEqual(expected);
  expect(reads.length).toBeGreaterThan(0);
  expect(feed.readers).toBe(0);
});

test("entries that come twice or out of reach are not repeated", () => {
  const { feed } = world();
  feed.push(entries(1, 3));
  feed.push(entries(2, 4));
  feed.push([entry(9)]);
  expect(feed.head).toBe(4);
  expect(feed.since(2)?.map(({ seq }) => seq)).toEqual([3, 4]);
});

test("leaving ends the wait", async () => {
  const { listen, feed } = world();
  const leave = new AbortController();
  const waiting = all(listen(leave.signal));
  await nextTurn();
  expect(feed.readers).toBe(1);
  leave.abort();
  expect(await waiting).toEqual([]);
  expect(feed.readers).toBe(0);
});

test("who reads when nothing can be stored is sent away, who comes after that stays", async () => {
  const { say, listen, feed } = world();
  const before = all(listen());
  await nextTurn();
  feed.dismiss();
  expect(await before).toEqual([]);
  const after = all(listen());
  await nextTurn();
  say(entry(1), entry(2, END));
  expect(await after).toHaveLength(2);
});

test("a stream that is not read holds one batch, and cancelling it lets go", async () => {
  const { say, listen, feed } = world();
  const body = toServerSentEvents((signal) => listen(signal), 15_000);
  for (let seq = 1; seq <= 50; seq++) {
    say(entry(seq));
    await nextTurn();
  }
  const reader = body.getReader();
  const first = new TextDecoder().decode((await reader.read()).value);
  expect(first.split("\n\n").length - 1).toBeLessThan(5);
  await reader.cancel();
  expect(feed.readers).toBe(0);
});

test("a quiet stream is kept alive with a comment", async () => {
  const { say, listen } = world();
  const reader = toServerSentEvents((signal) => listen(signal), 20).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await next()).toBe(": keep-alive\n\n");
  say(entry(1, END));
  let frame = await next();
  while (frame.startsWith(":")) frame = await next();
  expect(frame).toBe(`data: ${END}\n\n`);
  expect((await reader.read()).done).toBe(true);
});

test("joined deltas say the same in fewer events", () => {
  const event = fc.oneof(
    fc.record({ id: fc.constantFrom("a", "b"), delta: fc.string() }).map(({ id, delta }) => text.delta(id, delta)),
    fc.record({ id: fc.constantFrom("a", "b"), delta: fc.string() }).map(({ id, delta }) => tool.args(id, delta)),
    fc.constant<AGUIEvent>({ type: EventType.CUSTOM, name: "n", value: 1 }),
  );
  const sums = (events: AGUIEvent[]) => {
    const segments: string[] = [];
    let last = "";
    for (const each of events) {
      const key =
        "delta" in each
          ? `${each.type}${"messageId" in each ? each.messageId : "toolCallId" in each ? each.toolCallId : ""}`
          : "";
      if (key !== "" && key === last) segments[segments.length - 1] += (each as { delta: string }).delta;
      else segments.push("delta" in each ? `${key}:${each.delta}` : each.type);
      last = key;
    }
    return segments;
  };
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const joined = joinDeltas(events.map((each) => JSON.stringify(each))).map(
        (json) => JSON.parse(json) as AGUIEvent,
      );
      expect(sums(joined)).toEqual(sums(events));
      expect(joined).toHaveLength(sums(events).length);
    }),
  );
});
