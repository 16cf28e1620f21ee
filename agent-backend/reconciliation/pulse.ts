import { setImmediate as nextTurn } from "node:timers/promises";

/** The stages of a reconciliation, in their order; also the names of the steps shown to people. */
export type Stage = "ingest_docs" | "match_invoices" | "detect_anomalies";

export interface Progress {
  stage: Stage;
  done: number;
  total: number;
  elapsedMs: number;
  /** How much longer this count will take at its pace so far; null before there is one. */
  remainingMs: number | null;
}

/** How long work may hold the event loop before others get a turn. */
const TURN_MS = 12;
/** What is counted for less than this has no pace yet. */
const PACE_MS = 500;

/** Lets long work report how far it is, give others a turn, and stop when asked to. */
export class Pulse {
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #startedMs = performance.now();
  #turnMs = performance.now();
  #stage: Stage = "ingest_docs";
  /** Where the count at work was first seen: a stage may count several times, and prepare each for a while. */
  #first = { atMs: 0, done: 0, total: 0 };
  #done = 0;

  constructor(onProgress?: (progress: Progress) => void, signal?: AbortSignal) {
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** Throws the signal's reason when the work was stopped. */
  begin(stage: Stage, total: number): void {
    this.#signal?.throwIfAborted();
    this.#stage = stage;
    this.#first = { atMs: performance.now(), done: 0, total };
    this.#report(0, total);
  }

  /** Call after each unit of work. Reports and gives others a turn only when a turn's time is up. Throws when stopped. */
  async beat(done: number, total: number): Promise<void> {
    if (done < total && performance.now() - this.#turnMs < TURN_MS) return;
    this.#report(done, total);
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#turnMs = performance.now();
  }

  #report(done: number, total: number): void {
    const now = performance.now();
    if (this.#first.done === 0 || total !== this.#first.total || done < this.#done)
      this.#first = { atMs: now, done, total };
    this.#done = done;
    this.#onProgress?.({
      stage: this.#stage,
      done,
      total,
      elapsedMs: now - this.#startedMs,
      remainingMs: done === total ? 0 : this.#remainingAt(now, done, total),
    });
  }

  #remainingAt(now: number, done: number, total: number): number | null {
    const [took, moved] = [now - this.#first.atMs, done - this.#first.done];
    return took < PACE_MS || moved === 0 ? null : (took / moved) * (total - done);
  }
}
