// An answer that several tabs of a browser show comes over one connection: over HTTP/1.1 the browser has six for the host, all tabs together.
import { listenToTab, type Said } from "./listen-to-tab";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface Sharing {
  /** The same for the same stream in all tabs, and for no other. */
  name: string;
  /** Refuses a stream that another tab opened before this one asked. */
  fresh: boolean;
  /** Called for a stream that was opened before it was asked for: what began since then may not be in it. */
  onOlder(): void;
}

/**
 * Fetches a stream, over the connection of another tab where one reads it already: its bytes from the first on, then those that come.
 * When the tab that has the connection leaves, the stream fails as a connection that breaks.
 */
export async function shareStream(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  { name, fresh, onOlder }: Sharing,
): Promise<Response> {
  // Browsers have locks on secure origins only, so a phone that tests over plain HTTP has none.
  if (!("locks" in navigator) || !("BroadcastChannel" in globalThis)) return fetch(url, init);
  const askedAt = Date.now();
  const open = () => fetch(url, init);
  const release = await takeLock(name);
  if (release) return tell(name, open, release);
  init.signal?.throwIfAborted();
  const heard = await listenToTab(name, fresh ? askedAt : 0, init.signal ?? undefined);
  if (heard === undefined) return open();
  if ("release" in heard) return tell(name, open, heard.release);
  if (heard.openedAt < askedAt) onOlder();
  return heard.response;
}

/** Undefined when another tab has it, or when the browser gives none with its storage switched off. */
function takeLock(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(() => resolve(undefined));
  });
}

/** Opens the stream, reads it here, and tells it to the tabs that ask. */
async function tell(name: string, open: () => Promise<Response>, release: () => void): Promise<Response> {
  const openedAt = Date.now();
  const channel = new BroadcastChannel(name);
  const leave = () => {
    channel.close();
    release();
  };
  const leaveAndFail = (error: unknown) => {
    leave();
    throw error;
  };

  const response = await open().catch(leaveAndFail);
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (!response.body || !isStream) {
    leave();
    return response;
  }
  const say = (said: Said) => channel.postMessage(said);
  const soFar: Uint8Array[] = [];
  let isHeard = false;
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (!("asks" in data) || openedAt < data.notBefore) return;
    isHeard = true;
    say({ to: data.asks, soFar, openedAt });
  };
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch(leaveAndFail);
      if (!done) {
        if (isHeard) say({ at: soFar.length, chunk: value });
        soFar.push(value);
        controller.enqueue(value);
        return;
      }
      if (isHeard) say({ ended: true });
      leave();
      controller.close();
    },
    cancel(reason) {
      leave();
      return reader.cancel(reason);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
