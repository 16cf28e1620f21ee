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

const encoder = new TextEncoder();
const KEEP_ALIVE = encoder.encode(": keep-alive\n\n");

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
        controller.enqueue(encoder.encode(batch.map((json) => `data: ${json}\n\n`).join("")));
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
