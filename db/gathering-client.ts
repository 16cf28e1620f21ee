import type { Duplex } from "node:stream";
import pg from "pg";

/**
 * A connection that sends what is asked of it within one turn of the event loop as one packet. pg sends each statement for itself,
 * and a transaction of three was three calls of the system here and three awakenings of Postgres: a third of what either computes.
 */
export class GatheringClient extends pg.Client {
  private gathering = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send = this.query as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      this.gather();
      return send.apply(this, args);
    }) as typeof this.query;
  }

  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    // Another one after TLS was agreed on, so it is not kept.
    const { stream } = (this as unknown as { connection: { stream: Duplex } }).connection;
    stream.cork();
    // After the promises that are settled by now: what they ask for goes along.
    process.nextTick(() => {
      this.gathering = false;
      stream.uncork();
    });
  }
}
