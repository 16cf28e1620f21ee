import type { BaseCheckpointSaver } from "@langchain/langgraph";
import type { Tx } from "@/db/with-tenant";
import type { ActionName, ActionResult } from "../actions/actions";
import type { Graph } from "../agui/run-graph";
import type { Approval } from "../approvals/approvals";
import type { Systems } from "../systems/systems";
import type { TenantWork } from "../tenant-work";
import type { GraphThread } from "./graph-threads";

/** What a definition is given to build a tenant's graph. */
export interface TenantParts {
  tenantId: string;
  work: TenantWork;
  systems: Systems;
  checkpointer: BaseCheckpointSaver;
  cancelRequest(threadId: string): Promise<string | null>;
}

export type Intent =
  /** Work on this subject, on a thread of its own. */
  | { kind: "start"; subject: string }
  /** Nothing to do: words for the person. */
  | { kind: "say"; text: string }
  /** Something that is looked up or decided at once, and the words about what came of it. */
  | { kind: "act"; action: ActionName; input: Record<string, unknown>; tell(result: ActionResult): string };

/** A CoAgent: a graph, and what the service must know to run it and to take answers for it. */
export interface AgentDefinition {
  id: string;
  /** What it does, for whoever chooses among agents. */
  description: string;
  buildGraph(parts: TenantParts): Graph;
  /** What the graph starts with on a fresh thread; nothing of it comes from a client. */
  initialState(thread: Pick<GraphThread, "subject" | "id" | "startedBy">): Record<string, unknown>;
  /** Throws GraphRunError for a stored state that this version cannot go on from. */
  requireState(state: unknown): void;
  /** What a message, or the properties of a run without one, ask for. */
  understand(work: TenantWork, message: string, properties: unknown): Promise<Intent>;
  /** Where the subject stands, in words. */
  report(work: TenantWork, subject: string): Promise<string>;
  /**
   * Gives the subject to the thread, in the transaction that makes the thread. Returns the thread that works on it, which is another when it was taken before,
   * or null for a subject that the tenant does not have.
   */
  claim(tx: Tx, thread: Pick<GraphThread, "subject" | "id">): Promise<string | null>;
  /**
   * The same for many at once: of the given subjects, or of all, those that nobody has begun, each given to a thread of its own. Without
   * it the agent has no batches.
   */
  claimBatch?(
    tx: Tx,
    subjects: readonly string[] | null,
    newThreadId: () => string,
  ): Promise<Pick<GraphThread, "subject" | "id">[]>;
  /** The answer, parsed and fit for the question; or what is wrong with it. */
  checkAnswer(
    work: TenantWork,
    approval: Approval,
    answer: unknown,
  ): Promise<{ ok: true; answer: Record<string, unknown> } | { ok: false; fields: Record<string, string> }>;
  /** The run failed and waits for somebody to try again or to cancel. */
  failed(work: TenantWork, thread: GraphThread, message: string): Promise<void>;
}
