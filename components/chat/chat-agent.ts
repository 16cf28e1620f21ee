import type { AgentSubscriber, BaseEvent, Message, RunAgentInput } from "@ag-ui/client";
import { EventType } from "@ag-ui/client";
import { ProxiedCopilotRuntimeAgent } from "@copilotkit/react-core/v2";
import { EMPTY, from, type Observable } from "rxjs";
import { shareStream } from "@/components/sync/shared-stream";
import { coalesceDeltas } from "./coalesce-deltas";
import { endWhenSilent } from "./end-when-silent";
import { requireEnding } from "./require-ending";

/** From about three screen frames: text appears smoothly and a burst costs no more than a trickle. At 5,000 characters, ten a second. */
const FRAME = { minMs: 48, maxMs: 96, charsPerMs: 100 };
/** Two heartbeats of the server, and some. */
const SILENCE_MS = 35_000;

interface ChatAgentConfig {
  /** The agent on the server. */
  runtimeAgentId: string;
  runtimeUrl: string;
  headers: Record<string, string>;
  /** The same in all tabs of this browser that may show each other's answers, and in no others. */
  sharedAs: string;
  /** A conversation to show as it is, without asking the server. */
  transcript?: Message[];
}

/**
 * CopilotKit's runtime agent, made for long answers and bad networks: deltas are coalesced, a connection that dies or ends early is an
 * error, tabs that join the same answer share a connection, and neither a new thread nor a transcript is fetched.
 */
export class ChatAgent extends ProxiedCopilotRuntimeAgent {
  private readonly newThreadIds = new Set<string>();
  private readonly transcript: Message[] | undefined;
  private streams = new AbortController();
  private scenario: string | undefined;
  /** What was joined last came over another tab's connection, which may be older than what has happened since. */
  mayHaveMissed = false;

  constructor({ runtimeAgentId, runtimeUrl, headers, sharedAs, transcript }: ChatAgentConfig) {
    super({
      agentId: ChatAgent.idFor(runtimeAgentId),
      runtimeAgentId,
      runtimeUrl,
      headers,
      transport: "rest",
      runtimeMode: "sse",
    });
    this.transcript = transcript;
    // CopilotKit replaces the agent's fetch when it takes it in; whatever it puts there is watched.
    let given = this.fetch;
    const watched = endWhenSilent(
      (url, init) => {
        if (!url.endsWith("/connect")) return given(url, this.withScenario(url, init));
        const fresh = this.mayHaveMissed;
        this.mayHaveMissed = false;
        return shareStream(given, url, init, {
          name: `flightdeck:answer:${sharedAs}:${this.threadId}`,
          fresh,
          onOlder: () => {
            this.mayHaveMissed = true;
          },
        });
      },
      SILENCE_MS,
      () => this.streams.signal,
    );
    Object.defineProperty(this, "fetch", {
      get: () => watched,
      set: (next: typeof given) => {
        given = next;
      },
    });
  }

  /** The id under which the browser knows it; the runtime's own listing takes the plain one. */
  static idFor(runtimeAgentId: string): string {
    return `${runtimeAgentId}-chat`;
  }

  /** Lets the next run fail as the scenario says, or again as it happens; the server decides whether this person may. */
  breakNextRun(scenario: string | undefined): void {
    this.scenario = scenario;
  }

  private withScenario(url: string, init: RequestInit): RequestInit {
    const { scenario } = this;
    if (scenario === undefined || !url.endsWith("/run")) return init;
    this.scenario = undefined;
    const headers = new Headers(init.headers);
    headers.set("x-scenario", scenario);
    return { ...init, headers };
  }

  /** Says that a thread was made just now: there is nothing to fetch for it. */
  expectEmpty(threadId: string): void {
    this.newThreadIds.add(threadId);
  }

  override connect(input: RunAgentInput): Observable<BaseEvent> {
    if (this.transcript) return from(replay(input, this.transcript));
    if (this.newThreadIds.delete(input.threadId)) return EMPTY;
    return requireEnding(super.connect(input));
  }

  /** Also closes the connection, which the library would read to its end: over HTTP/1.1 a browser has six of them for a host. */
  override async detachActiveRun(): Promise<void> {
    const { streams } = this;
    this.streams = new AbortController();
    await super.detachActiveRun();
    streams.abort();
  }

  override run(input: RunAgentInput): Observable<BaseEvent> {
    return requireEnding(super.run(input));
  }

  protected override apply(input: RunAgentInput, events: Observable<BaseEvent>, subscribers: AgentSubscriber[]) {
    return super.apply(input, events.pipe(coalesceDeltas(FRAME)), subscribers);
  }
}

function replay({ threadId, runId }: RunAgentInput, messages: Message[]): BaseEvent[] {
  return [
    { type: EventType.RUN_STARTED, threadId, runId },
    { type: EventType.MESSAGES_SNAPSHOT, messages },
    { type: EventType.RUN_FINISHED, threadId, runId },
  ] as BaseEvent[];
}
