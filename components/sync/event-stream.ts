import type { ThreadNews } from "@/lib/runs/thread-change";

export type TellNews = (news: ThreadNews) => void;

const RETRY_DELAYS_MS = [500, 1_000, 2_000, 5_000, 15_000, 30_000];
/** Nearly three of the server's signs of life. */
const SILENCE_MS = 35_000;

/**
 * Keeps the stream of changes open until the returned function is called: it is opened again, ever more slowly, when it breaks or goes
 * silent, and at once when the browser is back online. What came in between is lost, so each opening tells `missed`.
 */
export function keepStreamOpen(url: string, tell: TellNews): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  const expectNewsWithin = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(retry, ms);
  };
  const open = () => {
    source = new EventSource(url);
    source.onopen = () => {
      attempt = 0;
      tell({ change: "missed" });
    };
    source.onmessage = ({ data }) => {
      expectNewsWithin(SILENCE_MS);
      const news = parseNews(data);
      if (news) tell(news);
    };
    source.onerror = retry;
    expectNewsWithin(SILENCE_MS);
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  // The browser's own retries know no patience, and give up at the first answer that is not 200.
  function retry() {
    close();
    // Those who rely on this stream should know that it is looked after.
    tell({ change: "alive" });
    const delayMs = RETRY_DELAYS_MS[Math.min(attempt++, RETRY_DELAYS_MS.length - 1)] ?? 0;
    timer = setTimeout(open, delayMs * (0.75 + Math.random() / 2));
  }
  const onOnline = () => {
    if (source) return;
    clearTimeout(timer);
    open();
  };

  window.addEventListener("online", onOnline);
  open();
  return () => {
    window.removeEventListener("online", onOnline);
    close();
  };
}

function parseNews(data: unknown): ThreadNews | undefined {
  try {
    const news = JSON.parse(String(data)) as ThreadNews | null;
    return typeof news?.change === "string" ? news : undefined;
  } catch {
    // Something between here and the server answered in its place.
    return undefined;
  }
}
