import { setImmediate as nextTurn } from "node:timers/promises";

/** The stages of a reconciliation, in their order; also the names of the steps shown to people. */
export type Stage = "ingest_docs" | "match_invoices" | "detect_anomalies";

export interface Progress {
  stage: Stage;
  done: number;
  total: number;
  elapsedMs: number;
  /** How much longer the stage will take at its pace so far; null before there is one. */
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
  #total = 0;
  /** The part of the stage, from 0 to 1, that the count at work stands for. */
  #pass = { from: 0, to: 1 };
  /** Where the stage was when it was first seen to move: what is prepared before that is no pace. */
  #first = { atMs: 0, done: 0 };

  constructor(onProgress?: (progress: Progress) => void, signal?: AbortSignal) {
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** Throws the signal's reason when the work was stopped. `total` is what people are told that the stage counts. */
  begin(stage: Stage, total: number): void {
    this.#signal?.throwIfAborted();
    this.#stage = stage;
    this.#total = total;
    this.#pass = { from: 0, to: 1 };
    this.#first = { atMs: performance.now(), done: 0 };
    this.#report(0);
  }

  /**
   * The next count goes up to this share of the stage, from where the one before was to end. A stage that goes over its rows several times
   * moves on once, from its beginning to its end, whatever each time counts.
   */
  pass(upTo: number): void {
    this.#pass = { from: this.#pass.to === 1 ? 0 : this.#pass.to, to: upTo };
  }

  /** Call after each unit of work. Reports and gives others a turn only when a turn's time is up. Throws when stopped. */
  async beat(done: number, total: number): Promise<void> {
    if (done < total && performance.now() - this.#turnMs < TURN_MS) return;
    const { from, to } = this.#pass;
    const share = done === total ? to : from + ((to - from) * done) / total;
    this.#report(Math.floor(share * this.#total));
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#turnMs = performance.now();
  }

  #report(done: number): void {
    const now = performance.now();
    if (this.#first.done === 0) this.#first = { atMs: now, done };
    this.#onProgress?.({
      stage: this.#stage,
      done,
      total: this.#total,
      elapsedMs: now - this.#startedMs,
      remainingMs: done === this.#total ? 0 : this.#remainingAt(now, done),
    });
  }

  #remainingAt(now: number, done: number): number | null {
    const [took, moved] = [now - this.#first.atMs, done - this.#first.done];
    return took < PACE_MS || moved === 0 ? null : (took / moved) * (this.#total - done);
  }
}
