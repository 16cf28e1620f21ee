import { type BaseEvent, EventType } from "@ag-ui/core";
import { firstValueFrom, from, toArray } from "rxjs";
import { describe, expect, it } from "vitest";
import { requireEnding } from "./require-ending";

const events = (...types: EventType[]) => types.map((type) => ({ type }) as BaseEvent);
const read = (list: BaseEvent[]) => firstValueFrom(requireEnding(from(list)).pipe(toArray()));

describe("requireEnding", () => {
  it("passes whole runs, and a thread without any", async () => {
    const whole = events(EventType.RUN_STARTED, EventType.MESSAGES_SNAPSHOT, EventType.RUN_FINISHED);
    expect(await read(whole)).toEqual(whole);
    expect(await read(events(EventType.RUN_STARTED, EventType.RUN_ERROR))).toHaveLength(2);
    expect(await read([])).toEqual([]);
  });

  it("fails when the stream stops inside a run", async () => {
    await expect(read(events(EventType.RUN_STARTED, EventType.TEXT_MESSAGE_START))).rejects.toThrow(TypeError);
    await expect(read(events(EventType.RUN_STARTED, EventType.RUN_FINISHED, EventType.RUN_STARTED))).rejects.toThrow(
      TypeError,
    );
  });
});
