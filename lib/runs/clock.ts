/** Time as the runner sees it: injected, so that a simulation can hold it still. */
export interface Clock {
  now(): number;
  /** Calls back once, after 0 ms at the end of this turn of the event loop; the returned function cancels it. A pending timer never keeps a process alive. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    if (ms === 0) {
      const immediate = setImmediate(work);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
