export interface Lead {
  /** Takes the lead from a tab that holds it and does nothing any more: a phone's browser suspends tabs with their locks. */
  takeOver(): void;
  leave(): void;
}

/**
 * Of all tabs of this browser that ask under `name`, lets one at a time lead: calls `start` there, and what it returned when the lead
 * is over. When that tab leaves, closes or crashes, the next one leads.
 */
export function askToLead(name: string, start: () => () => void): Lead {
  let left = false;
  let waiting = new AbortController();
  let giveUp = () => {};

  const hold = () =>
    new Promise<void>((resolve) => {
      const stop = left ? () => {} : start();
      giveUp = () => {
        giveUp = () => {};
        stop();
        resolve();
      };
      if (left) giveUp();
    });
  const ask = async (options: LockOptions) => {
    let held = false;
    const holdOn = () => {
      held = true;
      return hold();
    };
    try {
      await navigator.locks.request(name, options, holdOn);
    } catch {
      if (options.signal?.aborted || left) return;
      giveUp();
      // Another tab took the lead; or, with storage switched off, the browser gives no locks and each tab is on its own.
      if (held) wait();
      else void hold();
    }
  };
  const wait = () => {
    waiting = new AbortController();
    void ask({ signal: waiting.signal });
  };

  wait();
  return {
    takeOver() {
      waiting.abort();
      void ask({ steal: true });
    },
    leave() {
      left = true;
      waiting.abort();
      giveUp();
    },
  };
}
