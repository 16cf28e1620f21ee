// The CoAgents, which live in the agent backend. To the runtime each is an agent like any other.
import { type BaseEvent, HttpAgent, type RunAgentInput } from "@ag-ui/client";
import { defer, from, type Observable, switchMap } from "rxjs";
import { agentBackendUrl } from "@/lib/gateway/agent-backend";
import { mintRunToken, type RunCaller } from "@/lib/gateway/run-token";

interface BackendAgentDefinition {
  id: string;
  description: string;
}

/** Those that the agent backend has. */
export const BACKEND_AGENTS: readonly BackendAgentDefinition[] = [
  {
    id: "orders",
    description: "Fulfils orders from intake to shipment, and asks people where a decision is theirs.",
  },
  {
    id: "invoices",
    description: "Reconciles invoices with orders and bank lines, and asks people before anything is marked or sent.",
  },
];

/** On behalf of one verified caller: every request carries a token for this run's thread and no other. */
export class BackendAgent extends HttpAgent {
  /** The work is done elsewhere and goes on: another process of ours only has to watch again. */
  readonly resumable = true;

  constructor(
    private readonly definition: BackendAgentDefinition,
    private readonly caller: RunCaller,
  ) {
    super({ agentId: definition.id, description: definition.description, url: "http://agent-backend" });
  }

  override run(input: RunAgentInput): Observable<BaseEvent> {
    return defer(() => from(mintRunToken(this.caller, input.threadId))).pipe(
      switchMap((token) => {
        this.url = agentBackendUrl(`/agents/${this.definition.id}`);
        this.headers = { authorization: `Bearer ${token}` };
        return super.run(input);
      }),
    );
  }

  override clone(): BackendAgent {
    return new BackendAgent(this.definition, this.caller);
  }
}
