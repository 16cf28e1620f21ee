import { EventType } from "@ag-ui/client";
import { expect, test } from "vitest";
import { PROVIDER_STATUS_EVENT, RECOVERY_EVENT } from "@/contract/failures";
import { RecoveryReading } from "./recovery-reading";

type Params = Parameters<NonNullable<ReturnType<RecoveryReading["subscriber"]>["onCustomEvent"]>>[0];

function hear(reading: RecoveryReading, name: string, value: unknown): void {
  reading.subscriber().onCustomEvent?.({ event: { type: EventType.CUSTOM, name, value } } as Params);
}
const recovering = (action: string) => ({ state: "recovering", class: "provider_outage", action, message: "m" });

test("what is being done shows until the answer comes again; that another model gives it shows until the end", () => {
  const reading = new RecoveryReading();
  hear(reading, RECOVERY_EVENT, recovering("retry"));
  expect(reading.notice.get()).toMatchObject({ action: "retry" });
  hear(reading, RECOVERY_EVENT, { state: "answering", model: "first" });
  expect(reading.notice.get()).toBeNull();
  hear(reading, RECOVERY_EVENT, recovering("switch"));
  hear(reading, RECOVERY_EVENT, { state: "answering", model: "second" });
  expect(reading.notice.get()).toEqual({ state: "answering", model: "second" });
  reading.subscriber().onRunFinalized?.({} as never);
  expect(reading.notice.get()).toBeNull();
});

test("what is not said in the agreed form is not shown", () => {
  const reading = new RecoveryReading();
  hear(reading, RECOVERY_EVENT, { state: "recovering", message: "raw" });
  hear(reading, PROVIDER_STATUS_EVENT, { resting: "all" });
  hear(reading, "other", recovering("retry"));
  expect([reading.notice.get(), reading.status.get()]).toEqual([null, null]);
});
