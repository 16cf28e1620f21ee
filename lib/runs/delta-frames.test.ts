import { type AGUIEvent, EventType } from "@ag-ui/core";
import { expect, test } from "vitest";
import { text, tool } from "@/test/scripted-agent";
import { VirtualClock } from "@/test/virtual-clock";
import { DeltaFrames, FramePulse } from "./delta-frames";

function frames(clock = new VirtualClock(), pulse = new FramePulse(clock, { frameMs: 50, frameMsMax: 100 })) {
  const emitted: { event: AGUIEvent; urgent: boolean; at: number }[] = [];
  const began = clock.now();
  const run = new DeltaFrames(pulse, clock, (event, urgent) =>
    emitted.push({ event, urgent, at: clock.now() - began }),
  );
  return {
    clock,
    pulse,
    run,
    emitted,
    deltas: () => emitted.map(({ event }) => ("delta" in event ? event.delta : event.type)),
  };
}

test("the first token goes at once, the next ones together", async () => {
  const { clock, run, emitted, deltas } = frames();
  for (let i = 0; i < 100; i++) {
    run.take(text.delta("m", `${i} `));
    await clock.advance(10);
  }
  expect(emitted[0]).toMatchObject({ event: { delta: "0 " }, urgent: true, at: 0 });
  expect(emitted.length).toBeGreaterThan(14);
  expect(emitted.length).toBeLessThan(22);
  run.flush();
  expect(deltas().join("")).toBe(Array.from({ length: 100 }, (_, i) => `${i} `).join(""));
});

test("a slow token waits for nobody", async () => {
  const { clock, run, emitted } = frames();
  for (let i = 0; i < 5; i++) {
    run.take(text.delta("m", "x"));
    await clock.advance(200);
  }
  expect(emitted.map(({ at }) => at)).toEqual([0, 200, 400, 600, 800]);
});

test("anything that is not a delta goes at once, behind what was held", () => {
  const { run, deltas, emitted } = frames();
  run.take(text.delta("m", "a"));
  run.take(text.delta("m", "b"));
  run.take(text.delta("m", "c"));
  run.take(tool.start("call", "search"));
  expect(deltas()).toEqual(["a", "bc", EventType.TOOL_CALL_START]);
  expect(emitted.at(-1)?.urgent).toBe(true);
});

test("messages that stream side by side keep their own words", () => {
  const { run, deltas } = frames();
  run.take(text.delta("m", "first"));
  for (let i = 0; i < 3; i++) {
    run.take(text.delta("a", `a${i}`));
    run.take(text.delta("b", `b${i}`));
    run.take(tool.args("a", `c${i}`));
  }
  run.flush();
  expect(deltas()).toEqual(["first", "a0a1a2", "b0b1b2", "c0c1c2"]);
});

test("a delta with metadata stays an event of its own", () => {
  const { run, deltas } = frames();
  run.take(text.delta("m", "a"));
  run.take(text.delta("m", "b"));
  run.take({ type: EventType.TEXT_MESSAGE_CONTENT, messageId: "m", delta: "c", metadata: { k: 1 } });
  expect(deltas()).toEqual(["a", "b", "c"]);
});

test("frames stretch with the number of runs that stream, and the pulse rests when none does", async () => {
  const clock = new VirtualClock();
  const pulse = new FramePulse(clock, { frameMs: 50, frameMsMax: 100 });
  const runs = Array.from({ length: 400 }, () => frames(clock, pulse).run);
  for (const run of runs) for (const delta of ["a", "b"]) run.take(text.delta("m", delta));
  expect(pulse.frameMs).toBe(100);
  await clock.advance(300);
  expect(pulse.frameMs).toBe(50);
});
