import { AsyncLocalStorage } from "node:async_hooks";
import type { AGUIEvent } from "@ag-ui/core";
import { type Frames, toServerSentEvents } from "./event-stream";
import type { Reservation } from "./run-executor";
import type { ThreadSnapshot } from "./store";

/** What belongs to one request while the runner serves it: what was decided before it was answered, and what it then began. */
export interface Exchange {
  reservation?: Reservation | undefined;
  opened?: OpenedThread;
  /** Makes the events that the answer consists of, once whoever asks is done. */
  begin?: () => Promise<Frames>;
}

export interface OpenedThread {
  threadId: string;
  snapshot: ThreadSnapshot;
  announced: Promise<AGUIEvent[]>;
}

export class Exchanges {
  private readonly storage = new AsyncLocalStorage<Exchange>();

  constructor(
    private readonly keepAliveMs: number,
    private readonly release: (reservation: Reservation) => Promise<void>,
  ) {}

  /** That of the request at hand; undefined outside of `serve` and `stream`. */
  get current(): Exchange | undefined {
    return this.storage.getStore();
  }

  /** Throws outside of `serve` and `stream`, where nobody would give back what is taken. */
  require(): Exchange {
    const { current } = this;
    if (!current) throw new Error("this must be called inside serve or stream");
    return current;
  }

  /** The handler's answer, with the events of what it began as its body. What it reserved and did not begin is given back. */
  serve(handle: () => Promise<Response>): Promise<Response> {
    return this.hold(async (exchange) => {
      const response = await handle();
      const frames = await exchange.begin?.();
      if (!frames || !response.ok) return response;
      const body = toServerSentEvents(frames, this.keepAliveMs);
      return new Response(body, { status: response.status, headers: response.headers });
    });
  }

  /** The events of what `ask` began. What it reserved and did not begin is given back. */
  stream(ask: () => Promise<unknown>): Promise<Frames> {
    return this.hold(async (exchange) => {
      await ask();
      if (!exchange.begin) throw new Error("nothing was begun that could be streamed");
      return exchange.begin();
    });
  }

  private hold<T>(work: (exchange: Exchange) => Promise<T>): Promise<T> {
    const exchange: Exchange = {};
    return this.storage.run(exchange, async () => {
      try {
        return await work(exchange);
      } finally {
        if (exchange.reservation) await this.release(exchange.reservation);
      }
    });
  }
}
