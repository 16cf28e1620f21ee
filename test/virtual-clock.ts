import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "@/lib/runs/clock";

interface Timer {
  at: number;
  order: number;
  work: () => void;
}

/** Time that passes only when told to, timer by timer; between two timers every promise that can settle has settled. */
export class VirtualClock implements Clock {
  private timers: Timer[] = [];
  private order = 0;
  private time = 1_000_000;

  now(): number {
    return Math.floor(this.time);
  }

  after(ms: number, work: () => void): () => void {
    const timer = { at: this.time + Math.max(0, ms), order: this.order++, work };
    // Sorted by time, then by the order of asking; most timers are asked for last.
    let at = this.timers.length;
    while (at > 0 && (this.timers[at - 1] as Timer).at > timer.at) at--;
    this.timers.splice(at, 0, timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await nextTurn();
    for (let next = this.timers[0]; next && next.at <= end; next = this.timers[0]) {
      this.timers.shift();
      this.time = next.at;
      next.work();
      await nextTurn();
    }
    this.time = end;
  }
}

/** A clock of one process on a shared time: it can be suspended, when what comes due waits, and killed. */
export class ProcessClock implements Clock {
  private held: (() => void)[] | undefined;
  private dead = false;

  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  after(ms: number, work: () => void): () => void {
    return this.clock.after(ms, () => {
      if (this.dead) return;
      if (this.held) this.held.push(work);
      else work();
    });
  }

  get running(): boolean {
    return !this.dead && !this.held;
  }

  suspend(): void {
    this.held ??= [];
  }

  wake(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const work of held) work();
  }

  kill(): void {
    this.dead = true;
  }

  /** Resolves when the process may go on: never again once it is dead. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.dead) return;
      if (this.held) this.held.push(resolve);
      else resolve();
    });
  }
}

export type Random = () => number;

/** Mulberry32: the same seed, the same story. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
