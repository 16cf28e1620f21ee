import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChangeFeed, type HeardChange } from "./change-feed";

/** The browser's EventSource, seen from the server's end. Locks and channels are real: Node has them. */
class FakeSource {
  static opened: FakeSource[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onerror?: () => void;
  closed = false;

  constructor(readonly url: string) {
    FakeSource.opened.push(this);
  }

  close() {
    this.closed = true;
  }

  send(news: object | string) {
    this.onmessage?.({ data: typeof news === "string" ? news : JSON.stringify(news) });
  }

  static open() {
    return FakeSource.opened.filter(({ closed }) => !closed);
  }
}

const renamed: HeardChange = { threadId: "thr_1", change: "renamed" };
const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
let names = 0;
let leaves: (() => void)[] = [];

/** A tab that listens; `heard` grows. */
async function openTab(name: string) {
  const heard: HeardChange[] = [];
  const leave = new ChangeFeed("/api/t/acme/changes", name).subscribe((change) => heard.push(change));
  leaves.push(leave);
  await settle();
  return { heard, leave };
}

describe("ChangeFeed", () => {
  let name: string;

  beforeEach(() => {
    name = `changes-${names++}`;
    FakeSource.opened = [];
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("EventSource", FakeSource);
    vi.stubGlobal("window", new EventTarget());
    vi.stubGlobal("document", { visibilityState: "visible" });
  });

  afterEach(async () => {
    for (const leave of leaves) leave();
    leaves = [];
    await settle();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("opens one connection for ten tabs, and all of them hear", async () => {
    const tabs = await Promise.all(Array.from({ length: 10 }, () => openTab(name)));
    expect(FakeSource.opened.map(({ url }) => url)).toEqual(["/api/t/acme/changes"]);
    FakeSource.opened[0]?.send({ change: "alive" });
    FakeSource.opened[0]?.send(renamed);
    await vi.waitFor(() => expect(tabs.map(({ heard }) => heard)).toEqual(tabs.map(() => [renamed])));
  });

  it("hands the connection to another tab when the leading one closes, which tells that changes may have been missed", async () => {
    const [first, second, third] = [await openTab(name), await openTab(name), await openTab(name)];
    first.leave();
    await settle();
    expect(FakeSource.opened).toHaveLength(2);
    expect(FakeSource.open()).toEqual([FakeSource.opened[1]]);
    FakeSource.opened[1]?.onopen?.();
    FakeSource.opened[1]?.send(renamed);
    await vi.waitFor(() => expect(third.heard).toEqual([{ change: "missed" }, renamed]));
    expect(second.heard).toEqual([{ change: "missed" }, renamed]);
    expect(first.heard).toEqual([]);
    second.leave();
    third.leave();
    await settle();
    expect(FakeSource.open()).toEqual([]);
  });

  it("does not mix members: another name is another connection", async () => {
    const [ada, ben] = [await openTab(name), await openTab(`${name}-ben`)];
    expect(FakeSource.open()).toHaveLength(2);
    FakeSource.opened[0]?.send(renamed);
    await settle();
    expect(ada.heard).toEqual([renamed]);
    expect(ben.heard).toEqual([]);
  });

  it("takes the lead from a tab that fell silent, if it is looked at itself", async () => {
    await openTab(name);
    // The leading tab is suspended: its timers stand still, its lock stays.
    const [suspended] = FakeSource.opened;
    vi.clearAllTimers();
    vi.stubGlobal("document", { visibilityState: "hidden" });
    const second = await openTab(name);
    await vi.advanceTimersByTimeAsync(50_000);
    await settle();
    expect(FakeSource.opened).toHaveLength(1);
    vi.stubGlobal("document", { visibilityState: "visible" });
    await vi.advanceTimersByTimeAsync(50_000);
    await settle();
    expect(FakeSource.opened).toHaveLength(2);
    expect(suspended?.closed).toBe(true);
    FakeSource.opened[1]?.send(renamed);
    expect(second.heard).toEqual([renamed]);
  });

  it("opens a broken connection again, ever more slowly, and at once when the browser is back online", async () => {
    const tab = await openTab(name);
    for (const delayMs of [500, 1_000, 2_000, 5_000]) {
      FakeSource.open()[0]?.onerror?.();
      const { length } = FakeSource.opened;
      await vi.advanceTimersByTimeAsync(delayMs * 0.7);
      expect(FakeSource.opened).toHaveLength(length);
      await vi.advanceTimersByTimeAsync(delayMs * 0.6);
      expect(FakeSource.opened).toHaveLength(length + 1);
    }
    FakeSource.open()[0]?.onerror?.();
    expect(FakeSource.open()).toHaveLength(0);
    window.dispatchEvent(new Event("online"));
    expect(FakeSource.open()).toHaveLength(1);
    FakeSource.open()[0]?.onopen?.();
    expect(tab.heard).toEqual([{ change: "missed" }]);
    window.dispatchEvent(new Event("online"));
    expect(FakeSource.open()).toHaveLength(1);
  });

  it("gives up a connection on which nothing comes any more", async () => {
    await openTab(name);
    const [source] = FakeSource.opened;
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(12_000);
      source?.send({ change: "alive" });
    }
    expect(source?.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(36_000);
    expect(source?.closed).toBe(true);
    expect(FakeSource.open()).toHaveLength(1);
  });

  it("does not take the lead from a tab that waits for the server to come back", async () => {
    const [first, second] = [await openTab(name), await openTab(name)];
    for (let s = 0; s < 300; s++) {
      FakeSource.open()[0]?.onerror?.();
      await vi.advanceTimersByTimeAsync(1_000);
      await settle();
    }
    first.leave();
    expect(FakeSource.open()).toEqual([]);
    expect(second.heard).toEqual([]);
  });

  it("has a connection of its own where the browser cannot share", async () => {
    vi.stubGlobal("navigator", {});
    const tabs = [await openTab(name), await openTab(name)];
    expect(FakeSource.open()).toHaveLength(2);
    for (const source of FakeSource.opened) source.send(renamed);
    expect(tabs.map(({ heard }) => heard)).toEqual([[renamed], [renamed]]);
    for (const { leave } of tabs) leave();
    expect(FakeSource.open()).toEqual([]);
  });

  it("has a connection of its own where the browser refuses locks", async () => {
    const request = vi.fn(() => Promise.reject(new DOMException("storage is switched off", "SecurityError")));
    vi.stubGlobal("navigator", { locks: { request } });
    const tab = await openTab(name);
    FakeSource.opened[0]?.send(renamed);
    expect(tab.heard).toEqual([renamed]);
    expect(request).toHaveBeenCalledTimes(1);
    tab.leave();
    expect(FakeSource.open()).toEqual([]);
  });

  it("keeps listening through an answer that is not ours", async () => {
    const tab = await openTab(name);
    for (const text of ["<html>", "null", "7", "{}"]) FakeSource.opened[0]?.send(text);
    FakeSource.opened[0]?.send(renamed);
    expect(tab.heard).toEqual([renamed]);
  });
});
