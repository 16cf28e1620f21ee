// Runs inside the measured page, before anything of the page does. Playwright sends its source, so it may use nothing from outside.

export interface PageFigures {
  /** Milliseconds by which tasks were longer than 50 ms. */
  blockingMs: number;
  frames: number;
  keysMs: number[];
  tookMs: number;
}

export interface PageProbe {
  /** Begins to count anew. */
  begin(): void;
  /** When the page last drew or worked for long, in `performance.now()` milliseconds. */
  lastChangeMs(): number;
  figures(untilMs: number): PageFigures;
  /** When the last byte of the latest answer to a request that ends in `path` came, or 0 while it has not. */
  lastByteMs(path: string): number;
  count(path: string): number;
}

declare global {
  interface Window {
    probe: PageProbe;
  }
}

export function installProbe(): void {
  const longTasks: { start: number; duration: number }[] = [];
  const keys: { start: number; duration: number }[] = [];
  const frames: number[] = [];
  let changed = 0;
  let begun = 0;
  performance.setResourceTimingBufferSize(10_000);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      longTasks.push({ start: startTime, duration });
      changed = Math.max(changed, startTime + duration);
    }
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries())
      if (name === "keydown") keys.push({ start: startTime, duration });
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  const draw = () => {
    frames.push(performance.now());
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  new MutationObserver(() => {
    changed = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const requests = (path: string) =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ name }) => name.endsWith(path));
  window.probe = {
    begin: () => {
      begun = performance.now();
    },
    lastChangeMs: () => changed,
    figures: (untilMs) => {
      const within = ({ start }: { start: number }) => start >= begun && start <= untilMs;
      return {
        blockingMs: longTasks.filter(within).reduce((total, { duration }) => total + Math.max(0, duration - 50), 0),
        frames: frames.filter((start) => within({ start })).length,
        keysMs: keys.filter(within).map(({ duration }) => duration),
        tookMs: untilMs - begun,
      };
    },
    lastByteMs: (path) => requests(path).at(-1)?.responseEnd ?? 0,
    count: (path) => requests(path).length,
  };
}
