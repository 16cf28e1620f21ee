/** What the tabs that read one stream say to each other. */
export type Said =
  /** A tab asks to be told a stream that was opened at this time or later. */
  | { asks: string; notBefore: number }
  /** What has come so far, for the tab that asked, and when the stream was opened. */
  | { to: string; soFar: Uint8Array[]; openedAt: number }
  | { at: number; chunk: Uint8Array }
  | { ended: true };

/** Longer than a server takes to begin its answer; a tab that says nothing for so long is asleep, and its stream with it. */
const PATIENCE_MS = 10_000;
/** A tab hears nobody before its stream is open, and a stream that is too old does not answer. */
const ASK_EVERY_MS = 300;
/** The browser may give the lock on before it delivers what the tab that had it said last. */
const LAST_WORDS_MS = 250;

/** What came of listening: the stream; or the lock, because the tab that had it left before it told anything. */
type Heard = { response: Response; openedAt: number } | { release: () => void };

/**
 * The stream that another tab reads under `name`, if it was opened at `notBefore` or later. Undefined when nothing was heard for too long.
 * An abort fails the stream.
 */
export function listenToTab(
  name: string,
  notBefore: number,
  aborted: AbortSignal | undefined,
): Promise<Heard | undefined> {
  const id = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  const waiting = new AbortController();
  return new Promise((resolve) => {
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
    let next = 0;
    let lastWords: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(patience);
      clearInterval(asking);
      clearTimeout(lastWords);
      aborted?.removeEventListener("abort", giveUp);
      waiting.abort();
      channel.close();
    };
    const giveUp = () => {
      leave();
      stream?.error(aborted?.aborted ? aborted.reason : new TypeError("the tab that had the connection left"));
      resolve(undefined);
    };
    const begin = (soFar: Uint8Array[], openedAt: number) => {
      clearTimeout(patience);
      clearInterval(asking);
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          stream = controller;
        },
        cancel: leave,
      });
      for (const chunk of soFar) stream?.enqueue(chunk);
      next = soFar.length;
      resolve({ response: new Response(body, { headers: { "content-type": "text/event-stream" } }), openedAt });
    };
    channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if ("to" in data && data.to === id && !stream) begin(data.soFar, data.openedAt);
      else if ("at" in data && stream && data.at === next) {
        next++;
        stream.enqueue(data.chunk);
      } else if ("ended" in data && stream) {
        leave();
        stream.close();
      }
    };
    // It comes free when the tab that tells leaves, closes or crashes.
    const takeOver = (): Promise<void> | undefined => {
      if (stream) {
        lastWords = setTimeout(giveUp, LAST_WORDS_MS);
        return;
      }
      leave();
      return new Promise<void>((release) => resolve({ release }));
    };
    const ask = () => channel.postMessage({ asks: id, notBefore } satisfies Said);
    const patience = setTimeout(giveUp, PATIENCE_MS);
    const asking = setInterval(ask, ASK_EVERY_MS);
    aborted?.addEventListener("abort", giveUp, { once: true });
    navigator.locks.request(name, { signal: waiting.signal }, takeOver).catch(() => {});
    ask();
  });
}
