import { expect, it } from "vitest";
import { Joining } from "./joining";

/** A stream that the test ends. */
function joining() {
  const streams: { end(): Promise<void>; break(): Promise<void> }[] = [];
  const ended: string[] = [];
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
  const after = (happen: () => void) => () => {
    happen();
    return settled();
  };
  const one = new Joining(
    () =>
      new Promise((resolve, reject) => {
        streams.push({
          end: after(resolve),
          break: after(() => reject(new Error("broke"))),
        });
      }),
    (broke) => ended.push(broke ? "broke" : "ended"),
  );
  return { joining: one, streams, ended };
}

it("joins for what is heard, once", async () => {
  const { joining: one, streams, ended } = joining();
  one.hear("");
  expect(streams).toHaveLength(0);
  one.hear("1");
  one.hear("1");
  await streams[0]?.end();
  one.hear("1");
  expect(streams).toHaveLength(1);
  one.hear("2");
  await streams[1]?.end();
  expect(streams).toHaveLength(2);
  expect(ended).toEqual(["ended", "ended"]);
});

it("joins once more when something was heard while the stream still ran: that may have come too late for it", async () => {
  const { joining: one, streams } = joining();
  one.hear("1");
  one.hear("2");
  one.hear("3");
  expect(streams).toHaveLength(1);
  await streams[0]?.end();
  expect(streams).toHaveLength(2);
  await streams[1]?.end();
  expect(streams).toHaveLength(2);
});

it("is joined again with the next news after it broke", async () => {
  const { joining: one, streams, ended } = joining();
  one.hear("1");
  await streams[0]?.break();
  expect(ended).toEqual(["broke"]);
  one.hear("2");
  await streams[1]?.end();
  expect(ended).toEqual(["broke", "ended"]);
});

it("tells nothing to a page that was left, and joins nothing more for it", async () => {
  const { joining: one, streams, ended } = joining();
  one.hear("1");
  one.hear("2");
  one.leave();
  await streams[0]?.break();
  expect(streams).toHaveLength(1);
  expect(ended).toEqual([]);
});

it("is joined anew by who comes back before the stream that was left has ended", async () => {
  const { joining: one, streams } = joining();
  one.hear("1");
  one.leave();
  one.hear("1");
  await streams[0]?.break();
  expect(streams).toHaveLength(2);
});
