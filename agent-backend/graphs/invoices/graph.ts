// Invoice reconciliation: only the wiring. What a node does is in nodes/, what it may reach in invoice-world.ts.
import { type BaseCheckpointSaver, END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import type { InvoiceState } from "@/contract/invoices";
import type { InvoiceWorld } from "./invoice-world";
import { askReview } from "./nodes/ask-review";
import { closeBatch } from "./nodes/close-batch";
import { detectAnomalies } from "./nodes/detect-anomalies";
import { draftEmails } from "./nodes/draft-emails";
import { ingestDocs } from "./nodes/ingest-docs";
import { markReconciled } from "./nodes/mark-reconciled";
import { matchInvoices } from "./nodes/match-invoices";
import { review } from "./nodes/review";
import { sendEmails } from "./nodes/send-emails";
import { InvoiceChannels, type InvoiceUpdate } from "./state";

type Body = (world: InvoiceWorld, state: InvoiceState, config: LangGraphRunnableConfig) => Promise<InvoiceUpdate>;
type State = typeof InvoiceChannels.State;

/** The reconciliation graph of one tenant. People are asked again after each decision, until one of them closes the batch. */
export function buildInvoiceGraph(world: InvoiceWorld, checkpointer: BaseCheckpointSaver) {
  const node = (body: Body) => (state: State, config: LangGraphRunnableConfig) =>
    body(world, state as InvoiceState, config);
  const unlessCancelled =
    <Target extends string>(target: Target) =>
    ({ cancelled }: State) =>
      cancelled ? "close_batch" : target;
  return new StateGraph(InvoiceChannels)
    .addNode("ingest_docs", node(ingestDocs))
    .addNode("match_invoices", node(matchInvoices))
    .addNode("detect_anomalies", node(detectAnomalies))
    .addNode("draft_emails", node(draftEmails))
    .addNode("ask_review", node(askReview))
    .addNode("review", node(review))
    .addNode("mark_reconciled", node(markReconciled))
    .addNode("send_emails", node(sendEmails))
    .addNode("close_batch", node(closeBatch))
    .addEdge(START, "ingest_docs")
    .addConditionalEdges("ingest_docs", unlessCancelled("match_invoices"), ["match_invoices", "close_batch"])
    .addConditionalEdges("match_invoices", unlessCancelled("detect_anomalies"), ["detect_anomalies", "close_batch"])
    .addConditionalEdges("detect_anomalies", unlessCancelled("draft_emails"), ["draft_emails", "close_batch"])
    .addConditionalEdges("draft_emails", unlessCancelled("ask_review"), ["ask_review", "close_batch"])
    .addConditionalEdges("ask_review", unlessCancelled("review"), ["review", "close_batch"])
    .addConditionalEdges("review", unlessCancelled("mark_reconciled"), ["mark_reconciled", "close_batch"])
    .addConditionalEdges("mark_reconciled", unlessCancelled("send_emails"), ["send_emails", "close_batch"])
    .addConditionalEdges(
      "send_emails",
      ({ cancelled, decision }: State) => (cancelled || decision?.close ? "close_batch" : "ask_review"),
      ["ask_review", "close_batch"],
    )
    .addEdge("close_batch", END)
    .compile({ checkpointer });
}
