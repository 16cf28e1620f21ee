import { and, eq, inArray, sql } from "drizzle-orm";
import { reconciliationBatches } from "@/db/schema";
import type { Graph } from "../../agui/run-graph";
import type { AgentDefinition } from "../../execution/agent-definition";
import { checkInvoiceAnswer } from "./check-answer";
import { reportBatchInWords, understandInvoices } from "./conversation";
import { buildInvoiceGraph } from "./graph";
import { initialInvoiceState, requireInvoiceState } from "./state";

/** Batches that somebody may begin: those nobody has, and those that were given up. */
export const STARTABLE = ["new", "cancelled"] as const;

export const invoiceAgent: AgentDefinition = {
  id: "invoices",
  description: "Reconciles invoices with orders and bank lines, and asks people before anything is marked or sent.",
  buildGraph: ({ checkpointer, ...world }) => buildInvoiceGraph(world, checkpointer) as unknown as Graph,
  initialState: ({ subject, id, startedBy }) => ({ ...initialInvoiceState(subject, id, startedBy) }),
  requireState: requireInvoiceState,
  understand: understandInvoices,
  report: reportBatchInWords,
  checkAnswer: checkInvoiceAnswer,
  async claim(tx, { subject, id }) {
    const claimed = await tx
      .update(reconciliationBatches)
      .set({
        threadId: id,
        status: "running",
        step: "ingest_docs",
        note: "",
        stopRequestedBy: null,
        updatedAt: sql`now()`,
      })
      .where(and(eq(reconciliationBatches.id, subject), inArray(reconciliationBatches.status, [...STARTABLE])))
      .returning({ threadId: reconciliationBatches.threadId });
    if (claimed.length > 0) return id;
    const [known] = await tx
      .select({ threadId: reconciliationBatches.threadId })
      .from(reconciliationBatches)
      .where(eq(reconciliationBatches.id, subject));
    return known?.threadId ?? null;
  },
  async failed(work, thread, message) {
    await work((tx) =>
      tx
        .update(reconciliationBatches)
        .set({
          // A pause ends the run like a failure does, and is none.
          status: sql`case when ${reconciliationBatches.stopRequestedBy} is null then 'failed' else 'stopped' end`,
          note: message,
          updatedAt: sql`now()`,
        })
        .where(and(eq(reconciliationBatches.id, thread.subject), eq(reconciliationBatches.threadId, thread.id))),
    );
  },
};
