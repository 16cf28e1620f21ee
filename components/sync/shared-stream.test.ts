import { beforeEach, expect, test } from "vitest";
import { eventually } from "@/test/eventually";
import { shareStream } from "./shared-stream";

// Locks and channels are real: Node has them. The server's end of each connection that was opened:
interface Connection {
  write(text: string): void;
  end(): void;
  closed: boolean;
}
let connections: Connection[];
let names = 0;
let name: string;

beforeEach(() => {
  connections = [];
  name = `answer-${names++}`;
});

async function connect(_url: string, { signal }: RequestInit): Promise<Response> {
  let body: ReadableStreamDefaultController<Uint8Array> | undefined;
  const connection: Connection = {
    write: (text) => body?.enqueue(new TextEncoder().encode(text)),
    end: () => body?.close(),
    closed: false,
  };
  connections.push(connection);
  signal?.addEventListener("abort", () => {
    connection.closed = true;
    body?.error(signal.reason);
  });
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      body = controller;
    },
    cancel: () => {
      connection.closed = true;
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

/** A tab that reads the stream; what it has read grows. */
function openTab({ fresh = false, fetch = connect } = {}) {
  const leaving = new AbortController();
  const tab = { text: "", state: "reading", older: false, leave: () => leaving.abort() };
  const onOlder = () => {
    tab.older = true;
  };
  const read = async () => {
    const response = await shareStream(fetch, "/connect", { signal: leaving.signal }, { name, fresh, onOlder });
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) tab.text += text;
    tab.state = "ended";
  };
  read().catch((error: Error) => {
    tab.state = error.name;
  });
  return tab;
}

test("ten tabs read one answer over one connection, each from its first word, whenever it came", async () => {
  const first = openTab();
  await eventually(() => expect(connections).toHaveLength(1));
  connections[0]?.write("Thirty ");
  await eventually(() => expect(first.text).toBe("Thirty "));
  const others = Array.from({ length: 9 }, () => openTab());
  await eventually(() => expect(others.map(({ text }) => text)).toEqual(Array(9).fill("Thirty ")));
  connections[0]?.write("days.");
  connections[0]?.end();
  await eventually(() => expect([first, ...others].map(({ state }) => state)).toEqual(Array(10).fill("ended")));
  expect(new Set([first, ...others].map(({ text }) => text))).toEqual(new Set(["Thirty days."]));
  expect(connections).toHaveLength(1);
  expect([first, ...others].map(({ older }) => older)).toEqual([false, ...Array(9).fill(true)]);
});

test("when the tab that has the connection leaves, the others' streams break, and one of them connects", async () => {
  const [first, second] = [openTab(), openTab()];
  await eventually(() => expect(connections).toHaveLength(1));
  connections[0]?.write("Thirty ");
  await eventually(() => expect([first.text, second.text]).toEqual(["Thirty ", "Thirty "]));
  first.leave();
  await eventually(() => expect([first.state, second.state]).toEqual(["AbortError", "TypeError"]));
  expect(connections[0]?.closed).toBe(true);

  const again = openTab();
  await eventually(() => expect(connections).toHaveLength(2));
  connections[1]?.write("Thirty days.");
  await eventually(() => expect(again.text).toBe("Thirty days."));
  again.leave();
});

test("a tab that listens leaves the others alone when it goes", async () => {
  const first = openTab();
  await eventually(() => expect(connections).toHaveLength(1));
  const second = openTab();
  connections[0]?.write("a");
  await eventually(() => expect(second.text).toBe("a"));
  second.leave();
  await eventually(() => expect(second.state).toBe("AbortError"));
  connections[0]?.write("b");
  connections[0]?.end();
  await eventually(() => expect([first.text, first.state]).toEqual(["ab", "ended"]));
});

test("who needs to know what happened just now does not take an older stream, and shares the next one", async () => {
  const first = openTab();
  await eventually(() => expect(connections).toHaveLength(1));
  connections[0]?.write("old");
  await eventually(() => expect(first.text).toBe("old"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const fresh = [openTab({ fresh: true }), openTab({ fresh: true })];
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(connections).toHaveLength(1);
  connections[0]?.end();
  await eventually(() => expect(connections).toHaveLength(2));
  connections[1]?.write("new");
  await eventually(() =>
    expect(fresh.map(({ text, older }) => ({ text, older }))).toEqual(Array(2).fill({ text: "new", older: false })),
  );
  expect(connections).toHaveLength(2);
  for (const tab of fresh) tab.leave();
});

test("a refusal is each tab's own, and what a tab could not open another one may", async () => {
  const refuse = async () => new Response("{}", { status: 503, headers: { "content-type": "application/json" } });
  const fail = () => Promise.reject(new TypeError("no network"));
  const sharing = { name, fresh: false, onOlder: () => {} };
  expect((await shareStream(refuse, "/connect", {}, sharing)).status).toBe(503);
  await expect(shareStream(fail, "/connect", {}, sharing)).rejects.toThrow("no network");
  const tab = openTab();
  await eventually(() => expect(connections).toHaveLength(1));
  connections[0]?.end();
  await eventually(() => expect(tab.state).toBe("ended"));
});
