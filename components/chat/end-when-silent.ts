type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A fetch whose event streams fail when nothing at all has come for `silenceMs`. The server sends a heartbeat every 15 s, so silence
 * means a connection that died without saying so: a laptop that slept, a network that changed. When the signal that `letGo` gave for a
 * request aborts, its stream's connection is closed.
 */
export function endWhenSilent(fetch: Fetch, silenceMs: number, letGo: () => AbortSignal): Fetch {
  return async (url, init) => {
    const signal = letGo();
    const response = await fetch(url, init);
    if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) return response;
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(watch(silenceMs), { signal }), { status, statusText, headers });
  };
}

function watch(silenceMs: number): TransformStream<Uint8Array, Uint8Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = (controller: TransformStreamDefaultController<Uint8Array>) => {
    clearTimeout(timer);
    // A TypeError, as for every connection that breaks.
    timer = setTimeout(() => controller.error(new TypeError("the connection went silent")), silenceMs);
  };
  return new TransformStream({
    start: restart,
    transform(chunk, controller) {
      restart(controller);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}
