import { AbstractAgent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/client";
import { concat, type Observable, of } from "rxjs";
import { isStandIn } from "@/lib/runs/history";

/**
 * An agent that answers a turn again after the process that was answering it died. What the first attempt left half said is taken
 * back with a snapshot of the thread up to the question, and then the turn runs anew. Only for agents whose tools change nothing.
 */
export class RestartedAgent extends AbstractAgent {
  readonly resumable = true;

  constructor(private readonly inner: AbstractAgent) {
    super({ agentId: inner.agentId });
  }

  run(input: RunAgentInput): Observable<BaseEvent> {
    // The history that an agent gets has results made up for calls that never got one; the thread has not.
    const messages = input.messages.filter((message) => !isStandIn(message));
    const asked = { type: EventType.MESSAGES_SNAPSHOT, messages } as BaseEvent;
    return concat(of(asked), this.inner.run(input));
  }

  override abortRun(): void {
    this.inner.abortRun();
  }
}
