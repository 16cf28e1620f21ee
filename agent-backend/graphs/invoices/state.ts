import { Annotation } from "@langchain/langgraph";
import {
  BATCH_STEPS,
  type BatchStep,
  type BatchStepId,
  INVOICE_STATE_VERSION,
  type InvoiceState,
  invoicePolicySchema,
  invoiceStateSchema,
} from "@/contract/invoices";
import { GraphRunError } from "../../agui/run-graph";

const last = <T>() => Annotation<T>({ reducer: (_left, right) => right });

/** The channels of the graph: one for each field of the contract's state, which stays the only description of it. */
export const InvoiceChannels = Annotation.Root({
  version: last<InvoiceState["version"]>(),
  batchId: last<string>(),
  threadId: last<string>(),
  requestedBy: last<string>(),
  title: last<string>(),
  policy: last<InvoiceState["policy"]>(),
  // A node names only the steps that it changes.
  steps: Annotation<Record<BatchStepId, BatchStep>, Partial<Record<BatchStepId, BatchStep>>>({
    reducer: (left, right) => ({ ...left, ...right }),
    default: () => ({}) as Record<BatchStepId, BatchStep>,
  }),
  progress: last<InvoiceState["progress"]>(),
  counts: last<InvoiceState["counts"]>(),
  currency: last<string>(),
  totals: last<InvoiceState["totals"]>(),
  unknownTransactions: last<number>(),
  proposed: last<InvoiceState["proposed"]>(),
  reconciled: last<number>(),
  drafts: last<InvoiceState["drafts"]>(),
  question: last<InvoiceState["question"]>(),
  round: last<number>(),
  decision: last<InvoiceState["decision"]>(),
  cancelled: last<InvoiceState["cancelled"]>(),
  outcome: last<InvoiceState["outcome"]>(),
});

export type InvoiceUpdate = typeof InvoiceChannels.Update;

const pending: BatchStep = { state: "pending", startedAt: null, endedAt: null, note: "", decidedBy: null };

/** What a reconciliation begins with: nothing is known but which batch it is. */
export function initialInvoiceState(batchId: string, threadId: string, requestedBy: string): InvoiceState {
  const steps = Object.fromEntries(BATCH_STEPS.map((step) => [step, pending])) as Record<BatchStepId, BatchStep>;
  return {
    version: INVOICE_STATE_VERSION,
    batchId,
    threadId,
    requestedBy,
    title: "",
    policy: invoicePolicySchema.parse({}),
    steps: { ...steps, ingest_docs: { ...pending, state: "running", startedAt: new Date().toISOString() } },
    progress: null,
    counts: { orders: 0, orderLines: 0, invoices: 0, transactions: 0, refused: 0 },
    currency: "",
    totals: [],
    unknownTransactions: 0,
    proposed: { count: 0, amountMinor: 0 },
    reconciled: 0,
    drafts: { ready: 0, sent: 0, skipped: 0, failed: 0, withoutAddress: 0, shown: [] },
    question: null,
    round: 0,
    decision: null,
    cancelled: null,
    outcome: null,
  };
}

/** Throws GraphRunError `state_version` for a stored state that this version of the graph cannot go on from. */
export function requireInvoiceState(state: unknown): void {
  const { version } = (state ?? {}) as { version?: unknown };
  if (version === undefined) return;
  const parsed = invoiceStateSchema.safeParse(state);
  if (parsed.success) return;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new GraphRunError(
    "state_version",
    `This batch was begun by another version (${String(version)}) and cannot go on under version ${INVOICE_STATE_VERSION}: ${where || "its state"} does not fit. Nothing was done.`,
  );
}
