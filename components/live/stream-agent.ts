import {
  AbstractAgent,
  type BaseEvent,
  type RunAgentInput,
  runHttpRequest,
  transformHttpEventStream,
} from "@ag-ui/client";
import type { Observable } from "rxjs";

/** Work of the agent backend as an agent to watch: it has nothing to say to, decisions go through server actions. */
export class StreamAgent extends AbstractAgent {
  private controller = new AbortController();

  constructor(private readonly eventsUrl: string) {
    super({ agentId: StreamAgent.id });
  }

  /** The id under which the provider of its pane knows it. */
  static readonly id = "live-stream";

  /** Follows the work to its next question or its end. A question that is open is answered elsewhere and is no reason not to look. */
  async watch(): Promise<void> {
    this.pendingInterrupts = [];
    await this.connectAgent();
  }

  protected override connect(_input: RunAgentInput): Observable<BaseEvent> {
    this.controller = new AbortController();
    const { signal } = this.controller;
    const headers = { accept: "text/event-stream" };
    return transformHttpEventStream(runHttpRequest(() => fetch(this.eventsUrl, { headers, signal })));
  }

  run(input: RunAgentInput): Observable<BaseEvent> {
    return this.connect(input);
  }

  override abortRun(): void {
    this.controller.abort();
  }
}
