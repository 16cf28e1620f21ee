import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Frames, writeServerSentEvents } from "./event-stream";

/** Over a real socket: what a reader gets, and what is let go when they leave. */
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serveFrames(frames: Frames, keepAliveMs = 60_000) {
  const written = Promise.withResolvers<void>();
  written.promise.catch(() => {});
  server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    writeServerSentEvents(response, frames, keepAliveMs).then(written.resolve, written.reject);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, written: written.promise };
}

/** Ends, and says so, when nobody reads any more. */
function untilLeft(begin: string[]) {
  const ended = Promise.withResolvers<void>();
  const frames: Frames = async function* (signal) {
    try {
      yield begin;
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    } finally {
      ended.resolve();
    }
  };
  return { frames, ended: ended.promise };
}

test("each event is a message of its own, and the answer ends with the frames", async () => {
  const { url, written } = await serveFrames(async function* () {
    yield ['{"a":1}', '{"b":2}'];
    yield ['{"c":3}'];
  });
  expect(await (await fetch(url)).text()).toBe('data: {"a":1}\n\ndata: {"b":2}\n\ndata: {"c":3}\n\n');
  await written;
});

test("a reader who leaves ends the frames, whether they read anything or not", async () => {
  for (const reads of [true, false]) {
    const { frames, ended } = untilLeft(['{"a":1}']);
    const { url, written } = await serveFrames(frames);
    const asked = request(url, (response) => {
      if (reads) response.once("data", () => asked.destroy());
      else asked.destroy();
    });
    asked.on("error", () => {});
    asked.end();
    await ended;
    await written;
    server?.closeAllConnections();
    server?.close();
  }
});

test("a reader who takes nothing is not written to without end", async () => {
  let batches = 0;
  let open = true;
  const big = [JSON.stringify("x".repeat(200_000))];
  const { url, written } = await serveFrames(async function* (signal) {
    while (open && !signal.aborted) {
      batches++;
      yield big;
    }
  });
  const asked = request(url, (response) => response.pause());
  asked.on("error", () => {});
  asked.end();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const taken = batches;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(taken).toBeGreaterThan(0);
  expect(batches).toBe(taken);
  open = false;
  asked.destroy();
  await written;
});

test("frames that fail break the connection off: what came is not taken for the whole", async () => {
  const { url, written } = await serveFrames(async function* () {
    yield ['{"a":1}'];
    throw new Error("the log is gone");
  });
  await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
  await expect(written).rejects.toThrow("the log is gone");
});

test("a quiet stream says now and then that it stands", async () => {
  const { frames } = untilLeft(['{"a":1}']);
  const { url } = await serveFrames(frames, 20);
  const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes(": keep-alive\n\n")) text += (await reader?.read())?.value ?? "";
  expect(text).toContain('data: {"a":1}\n\n');
  await reader?.cancel();
});
