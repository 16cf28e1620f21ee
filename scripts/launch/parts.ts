import { processStart } from "../bootstrap/live-process.mjs";
import { killGroup } from "./child";

/** Something that runs and has to be stopped. */
export interface Part {
  name: string;
  pid: number;
  ended: Promise<string>;
  /** Its last lines, for when it ends unasked. */
  tail?(): string;
  stop(graceMs: number): Promise<void>;
}

/** Thrown into a start that was asked to stop halfway. */
export class Stopped extends Error {}

/** How long a part may take to end; two groups after each other must fit into five seconds. */
const GRACE_MS = 1_800;

/** What this node has started. Clients stop first, together; the database that they use after them. */
export class Parts {
  #clients: Part[] = [];
  #database: Part | undefined;
  #stopping = false;

  get stopping(): boolean {
    return this.#stopping;
  }

  async addDatabase(part: Part): Promise<void> {
    this.#database = part;
    await this.#refuseLate(part);
  }

  async addClient(part: Part): Promise<void> {
    this.#clients.push(part);
    await this.#refuseLate(part);
  }

  /** A part whose work is over, like a build. */
  remove(part: Part): void {
    this.#clients = this.#clients.filter((other) => other !== part);
  }

  /** Pids with their start, so that the next start can end what a kill -9 left behind. */
  describe(): { name: string; pid: number; startedAt: string | null }[] {
    return this.#clients.map(({ name, pid }) => ({ name, pid, startedAt: processStart(pid) }));
  }

  /** Resolves with the first part that ends, other than by `stop`. */
  firstEnd(): Promise<{ part: Part; how: string }> {
    const parts = this.#database ? [...this.#clients, this.#database] : this.#clients;
    return Promise.race(parts.map(async (part) => ({ part, how: await part.ended })));
  }

  /** `settled` is the start in progress, if any: it may be about to add a part. */
  async stop(settled: Promise<unknown>): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#clients.map((part) => part.stop(GRACE_MS)));
    await settled.catch(() => {});
    await this.#database?.stop(GRACE_MS);
  }

  /** Ends everything at once. Postgres recovers at its next start. */
  kill(): void {
    for (const part of this.#clients) killGroup(part.pid);
    if (this.#database) killGroup(this.#database.pid);
  }

  async #refuseLate(part: Part): Promise<void> {
    if (!this.#stopping) return;
    await part.stop(GRACE_MS);
    throw new Stopped();
  }
}
