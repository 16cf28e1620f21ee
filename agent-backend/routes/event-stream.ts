import type { BaseEvent } from "@ag-ui/core";

const KEEP_ALIVE_MS = 15_000;
// https://html.spec.whatwg.org/multipage/server-sent-events.html: a line that begins with a colon is a comment.
const KEEP_ALIVE = new TextEncoder().encode(": keep-alive\n\n");

/** Events as `text/event-stream`, at the reader's pace. `abort` is called when the reader goes away; the run does not notice. */
export function eventStream(events: AsyncIterator<BaseEvent>, abort: () => void): Response {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(KEEP_ALIVE);
      }, KEEP_ALIVE_MS);
    },
    async pull(controller) {
      const { done, value } = await events.next();
      if (!done) {
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`));
        return;
      }
      clearInterval(timer);
      controller.close();
    },
    async cancel() {
      clearInterval(timer);
      abort();
      await events.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
