import { AsyncLocalStorage } from "node:async_hooks";
import type { AGUIEvent } from "@ag-ui/core";
import { type Frames, toServerSentEvents } from "./event-stream";
import type { Reservation } from "./run-executor";
import type { ThreadSnapshot } from "./store";

/** What belongs to one request while the runner serves it: what was decided before CopilotKit's handler, and what that asked for. */
export interface Exchange {
  reservation?: Reservation | undefined;
  opened?: OpenedThread;
  /** Makes the events that the answer consists of, once CopilotKit's handler is done. */
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

  /** That of the request at hand; undefined outside of `serve`. */
  get current(): Exchange | undefined {
    return this.storage.getStore();
  }

  /** Throws outside of `serve`, where nobody would give back what is taken. */
  require(): Exchange {
    const { current } = this;
    if (!current) throw new Error("this must be called inside serve");
    return current;
  }

  /** The handler's answer, with the events of what it began as its body. What it reserved and did not begin is given back. */
  async serve(handle: () => Promise<Response>): Promise<Response> {
    const exchange: Exchange = {};
    return this.storage.run(exchange, async () => {
      try {
        const response = await handle();
        const frames = await exchange.begin?.();
        if (!frames || !response.ok) return response;
        const body = toServerSentEvents(frames, this.keepAliveMs);
        return new Response(body, { status: response.status, headers: response.headers });
      } finally {
        if (exchange.reservation) await this.release(exchange.reservation);
      }
    });
  }
}
