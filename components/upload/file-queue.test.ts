import { describe, expect, it } from "vitest";
import { FileQueue, type Outcome } from "./file-queue";

interface Sending {
  name: string;
  signal: AbortSignal;
  progress(share: number): void;
  answer(outcome: Outcome): Promise<void>;
}

/** A queue whose answers the test gives. */
function queueWithServer() {
  const sent: Sending[] = [];
  const stored: Outcome[] = [];
  const queue = new FileQueue<Outcome>(
    (file, { signal, onProgress }) =>
      new Promise((resolve) => {
        const answer = async (outcome: Outcome) => {
          resolve(outcome);
          await settled();
        };
        sent.push({ name: file.name, signal, progress: onProgress, answer });
      }),
    (outcome) => stored.push(outcome),
  );
  const states = () => queue.snapshot().map(({ file, state }) => `${file.name} ${state}`);
  return { queue, sent, stored, states };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const files = (...names: string[]) => names.map((name) => new File(["x"], name));
const refusal = { ok: false, message: "No." } as const;

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("There is none.");
  return item;
}

describe("FileQueue", () => {
  it("sends two at a time, in order, each once", async () => {
    const { queue, sent, stored, states } = queueWithServer();
    queue.add(files("a", "b", "c", "d"));
    expect(states()).toEqual(["a uploading", "b uploading", "c waiting", "d waiting"]);
    await sent[1]?.answer({ ok: true });
    await sent[0]?.answer(refusal);
    await sent[2]?.answer({ ok: true });
    await sent[3]?.answer({ ok: true });
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(states()).toEqual(["a failed", "b done", "c done", "d done"]);
    expect(stored).toHaveLength(3);
  });

  it("sends nothing twice when files are added in the moment in which another's answer came", async () => {
    const { queue, sent, states } = queueWithServer();
    queue.add(files("a", "b"));
    // Nobody has drawn anything since: a page that is told of it may add at once.
    queue.subscribe(() => {
      if (sent.length === 2 && states()[0] === "a done") queue.add(files("c"));
    });
    await sent[0]?.answer({ ok: true });
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(states()).toEqual(["b uploading", "c uploading"]);
  });

  it("tells of every change with another array, and of none when it stays", () => {
    const { queue, sent } = queueWithServer();
    const seen = new Set<unknown>([queue.snapshot()]);
    const stop = queue.subscribe(() => seen.add(queue.snapshot()));
    queue.add(files("a"));
    sent[0]?.progress(0.5);
    expect(seen.size).toBe(4);
    expect(queue.snapshot()).toBe(queue.snapshot());
    stop();
    queue.clear();
    expect(seen.size).toBe(4);
  });

  it("tells how much is sent, and when the server is reading", () => {
    const { queue, sent, states } = queueWithServer();
    queue.add(files("a"));
    sent[0]?.progress(0.4);
    expect(first(queue.snapshot())).toMatchObject({ state: "uploading", progress: 0.4 });
    sent[0]?.progress(1);
    expect(states()).toEqual(["a reading"]);
  });

  it("sends a refused one again when asked to", async () => {
    const { queue, sent, states } = queueWithServer();
    queue.add(files("a"));
    await sent[0]?.answer(refusal);
    queue.retry(first(queue.snapshot()).key);
    expect(sent).toHaveLength(2);
    await sent[1]?.answer({ ok: true });
    expect(states()).toEqual(["a done"]);
  });

  it("breaks off a cancelled one, and the next takes its place", async () => {
    const { queue, sent, states } = queueWithServer();
    queue.add(files("a", "b", "c"));
    queue.cancel(first(queue.snapshot()).key);
    expect(sent[0]?.signal.aborted).toBe(true);
    await sent[0]?.answer(refusal);
    expect(states()).toEqual(["b uploading", "c uploading"]);
  });

  it("breaks off all when the page is left, and starts none of those that wait", () => {
    const { queue, sent, states } = queueWithServer();
    queue.add(files("a", "b", "c"));
    queue.abandon();
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(states()).toEqual([]);
  });

  it("takes off what ended when asked to, and what is done when more come", async () => {
    const { queue, sent, states } = queueWithServer();
    queue.add(files("a", "b"));
    await sent[0]?.answer({ ok: true });
    await sent[1]?.answer(refusal);
    queue.add(files("c"));
    expect(states()).toEqual(["b failed", "c uploading"]);
    queue.clear();
    expect(states()).toEqual(["c uploading"]);
  });
});
