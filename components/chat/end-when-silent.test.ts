import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { endWhenSilent } from "./end-when-silent";

function stream(contentType = "text/event-stream") {
  const closed = vi.fn();
  let source!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      source = controller;
    },
    cancel: () => closed(),
  });
  const leaving = new AbortController();
  const fetch = endWhenSilent(
    async () => new Response(body, { status: 200, headers: { "content-type": contentType } }),
    1_000,
    () => leaving.signal,
  );
  return { source, closed, letGo: () => leaving.abort(), response: fetch("/", {}) };
}

const bytes = new TextEncoder().encode(": heartbeat\n\n");

describe("endWhenSilent", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("fails a stream that goes silent, and not before", async () => {
    const { source, response } = stream();
    const reader = (await response).body?.getReader();
    source.enqueue(bytes);
    expect((await reader?.read())?.value).toEqual(bytes);
    await vi.advanceTimersByTimeAsync(900);
    source.enqueue(bytes);
    expect((await reader?.read())?.value).toEqual(bytes);
    await vi.advanceTimersByTimeAsync(900);
    const next = reader?.read();
    next?.catch(() => {});
    await vi.advanceTimersByTimeAsync(200);
    await expect(next).rejects.toThrow(TypeError);
  });

  it("closes the connection of a stream that is let go, read or not", async () => {
    const { source, closed, letGo, response } = stream();
    const reader = (await response).body?.getReader();
    source.enqueue(bytes);
    expect((await reader?.read())?.value).toEqual(bytes);
    letGo();
    await expect(reader?.read()).rejects.toThrow("abort");
    expect(closed).toHaveBeenCalledOnce();

    const early = stream();
    early.letGo();
    await early.response;
    await vi.waitFor(() => expect(early.closed).toHaveBeenCalledOnce());
  });

  it("lets a stream end, and leaves other answers alone", async () => {
    const ended = stream();
    const reader = (await ended.response).body?.getReader();
    ended.source.close();
    expect((await reader?.read())?.done).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);

    const json = stream("application/json");
    const other = (await json.response).body?.getReader();
    await vi.advanceTimersByTimeAsync(5_000);
    json.source.enqueue(bytes);
    expect((await other?.read())?.value).toEqual(bytes);
  });
});
