import type { Duplex } from "node:stream";
import pg from "pg";

/**
 * A connection of our pools.
 *
 * What is asked of it within one turn of the event loop goes as one packet. pg sends each statement for itself, and a transaction of
 * three was three calls of the system here and three awakenings of Postgres: a third of what either computes.
 *
 * A connection that breaks never ends the process. The pool listens while nobody has it, and whoever has it would have to listen from
 * the very turn in which it is handed out: Postgres may end a session in the same packet that opens it, when it shuts down.
 */
export class PooledClient extends pg.Client {
  private gathering = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // The statements on it fail, the next ones too, and the pool throws it away when it comes back: nothing is left to do here.
    this.on("error", () => {});
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
