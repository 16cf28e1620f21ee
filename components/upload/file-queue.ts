import type { sendFile } from "./send-file";

/** Parsing is the server's work and two at once keep it busy; the rest wait. */
const PARALLEL = 2;

/** What became of a file: told by the server, in a shape of each page's own. */
export type Outcome = { ok: true } | { ok: false; message: string };

type SendOptions = Parameters<typeof sendFile>[2];

export interface Upload<T extends Outcome> {
  key: string;
  file: File;
  state: "waiting" | "uploading" | "reading" | "done" | "failed";
  /** Share of the bytes sent, from 0 to 1. */
  progress: number;
  outcome?: T;
}

const hasEnded = ({ state }: Upload<Outcome>) => state === "done" || state === "failed";

/**
 * Files on their way, two at a time. The queue itself is what is so, and a page draws copies of it: a page that decided by what it
 * drew last what is still to be sent would send a file twice when the answer came before the drawing.
 */
export class FileQueue<T extends Outcome> {
  private uploads: readonly Upload<T>[] = [];
  private nextKey = 1;
  private readonly running = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();

  /** `send` never throws; `onStored` is called for each file that arrived. */
  constructor(
    private readonly send: (file: File, options: SendOptions) => Promise<T>,
    private readonly onStored: (outcome: T & { ok: true }) => void,
  ) {}

  /** For `useSyncExternalStore`: another array after every change, the same one between. */
  readonly snapshot = (): readonly Upload<T>[] => this.uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Puts files at the end, and takes off those that are done. */
  readonly add = (files: Iterable<File>): void => {
    const added = [...files].map(
      (file): Upload<T> => ({ key: String(this.nextKey++), file, state: "waiting", progress: 0 }),
    );
    this.show([...this.uploads.filter(({ state }) => state !== "done"), ...added]);
    this.startNext();
  };

  readonly retry = (key: string): void => {
    this.change(key, { state: "waiting", progress: 0, outcome: undefined });
    this.startNext();
  };

  /** Breaks one off, and takes it off the list. */
  readonly cancel = (key: string): void => {
    this.running.get(key)?.abort();
    this.running.delete(key);
    this.show(this.uploads.filter((upload) => upload.key !== key));
    this.startNext();
  };

  /** Takes the finished ones off the list. */
  readonly clear = (): void => {
    this.show(this.uploads.filter((upload) => !hasEnded(upload)));
  };

  /** Breaks off all, for a page that is left. */
  readonly abandon = (): void => {
    this.show(this.uploads.filter(hasEnded));
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  };

  private startNext(): void {
    for (const { key, file, state } of this.uploads)
      if (state === "waiting" && this.running.size < PARALLEL) void this.start(key, file);
  }

  private async start(key: string, file: File): Promise<void> {
    const controller = new AbortController();
    this.running.set(key, controller);
    this.change(key, { state: "uploading" });
    const onProgress = (progress: number) =>
      this.change(key, { state: progress < 1 ? "uploading" : "reading", progress });
    const outcome = await this.send(file, { signal: controller.signal, onProgress });
    if (controller.signal.aborted) return;
    this.running.delete(key);
    this.change(key, { state: outcome.ok ? "done" : "failed", outcome });
    if (outcome.ok) this.onStored(outcome as T & { ok: true });
    this.startNext();
  }

  private change(key: string, patch: Partial<Upload<T>>): void {
    this.show(this.uploads.map((upload) => (upload.key === key ? { ...upload, ...patch } : upload)));
  }

  private show(uploads: readonly Upload<T>[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}
