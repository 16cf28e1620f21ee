import type { ServerResponse } from "node:http";
import type { BaseEvent } from "@ag-ui/core";
import { Observable } from "rxjs";

/** Batches of events as JSON, pulled by whoever serves them; ends when `signal` aborts. */
export type Frames = (signal: AbortSignal) => AsyncGenerator<string[], void, undefined>;

/** Frames as CopilotKit's own handlers want them. An Observable cannot be told to wait, so prefer `toServerSentEvents`. */
export function toObservable(frames: Frames): Observable<BaseEvent> {
  return new Observable((subscriber) => {
    const leave = new AbortController();
    const pump = async () => {
      for await (const batch of frames(leave.signal)) {
        for (const json of batch) subscriber.next(JSON.parse(json) as BaseEvent);
      }
    };
    pump().then(
      () => subscriber.complete(),
      (error) => subscriber.error(error),
    );
    return () => leave.abort();
  });
}

const KEEP_ALIVE_COMMENT = ": keep-alive\n\n";
const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(KEEP_ALIVE_COMMENT);
const eventsText = (batch: string[]) => batch.map((json) => `data: ${json}\n\n`).join("");

/**
 * Frames as server-sent events at the reader's pace: a batch is fetched when the one before has been taken, so a slow reader holds
 * one batch and finds the rest in the log. Leaving, however abruptly, ends the generator and with it every listener.
 */
export function toServerSentEvents(frames: Frames, keepAliveMs: number): ReadableStream<Uint8Array> {
  const leave = new AbortController();
  const batches = frames(leave.signal);
  let keepAlive: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // One timer a stream, put off by whatever is sent. A reader that has not even taken the last batch needs no comment.
        keepAlive = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(KEEP_ALIVE);
        }, keepAliveMs);
      },
      async pull(controller) {
        let batch: string[] | undefined;
        try {
          const next = await batches.next();
          if (!next.done) batch = next.value;
        } finally {
          if (!batch) clearInterval(keepAlive);
        }
        if (leave.signal.aborted) return;
        if (!batch) return controller.close();
        keepAlive?.refresh();
        controller.enqueue(encoder.encode(eventsText(batch)));
      },
      async cancel() {
        clearInterval(keepAlive);
        leave.abort();
        await batches.return();
      },
    },
    { highWaterMark: 1 },
  );
}

/**
 * Writes frames as server-sent events to Node's own response, whose head is written, at the reader's pace: the next batch is fetched when
 * the response has room. Resolves when the last one is written or the reader has left. When the frames fail the connection is broken off,
 * so that nobody takes what came for the whole, and the error is thrown.
 */
export async function writeServerSentEvents(
  response: ServerResponse,
  frames: Frames,
  keepAliveMs: number,
): Promise<void> {
  const leave = new AbortController();
  const left = () => leave.abort();
  response.once("close", left);
  if (response.closed) left();
  // A reader that has not even taken the last batch needs no comment.
  const keepAlive = setInterval(() => response.writableNeedDrain || response.write(KEEP_ALIVE_COMMENT), keepAliveMs);
  try {
    // Also for a reader who has left already: what the frames hold is let go when they are iterated to their end.
    for await (const batch of frames(leave.signal)) {
      if (leave.signal.aborted) break;
      keepAlive.refresh();
      if (!response.write(eventsText(batch))) await room(response);
    }
    if (!leave.signal.aborted) response.end();
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    clearInterval(keepAlive);
    response.off("close", left);
  }
}

/** Resolves when the response takes more, or is closed. */
function room(response: ServerResponse): Promise<void> {
  if (response.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
