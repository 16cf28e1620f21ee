import { z } from "zod";
import { decisionPolicySchema } from "./decision-policy";
import { LETTER_BODY_MAX } from "./letters";

// The shared state of the `invoices` CoAgent, its questions, and the answers that fit. The state is small whatever a batch holds: rows,
// results and letters are in the tenant's tables. Amounts are integers of minor units; `row` is a line of the input file, its header is 1.

/** Grows when an older state can no longer be read; see agent-backend/graphs/invoices/state.ts. */
export const INVOICE_STATE_VERSION = 1;

/** What can be said of an invoice, in the order in which it is tried: one has the first that applies. */
export const INVOICE_STATUSES = [
  "duplicate_invoice",
  "missing_po",
  "currency_mismatch",
  "amount_mismatch",
  "duplicate_payment",
  "overpayment",
  "split_payment",
  "partial_payment",
  "matched",
  "unpaid",
] as const;
export const invoiceStatusSchema = z.enum(INVOICE_STATUSES);
export type InvoiceStatus = z.infer<typeof invoiceStatusSchema>;

/** A transaction has the status of the invoices that it pays. */
export const transactionStatusSchema = z.enum([...INVOICE_STATUSES, "unknown_transaction"]);
export type TransactionStatus = z.infer<typeof transactionStatusSchema>;

/** What was paid as it should be: only this is proposed for reconciliation without anybody looking. */
export const PROPOSED_STATUSES: readonly InvoiceStatus[] = ["matched", "split_payment"];
/** What nobody can reconcile as it stands: nothing was paid for it. A match made by hand changes the status. */
export const UNPAID_STATUSES: readonly InvoiceStatus[] = ["unpaid", "duplicate_invoice"];

/** The kinds of input file. */
export const BOOK_FILES = ["purchase_orders", "invoices", "bank_transactions"] as const;
export const bookFileSchema = z.enum(BOOK_FILES);
export type BookFileName = z.infer<typeof bookFileSchema>;

/** The steps as people see them, in order. The last three come round with every decision. */
export const BATCH_STEPS = [
  "ingest_docs",
  "match_invoices",
  "detect_anomalies",
  "draft_emails",
  "review",
  "mark_reconciled",
  "send_emails",
] as const;
export const batchStepIdSchema = z.enum(BATCH_STEPS);
export type BatchStepId = z.infer<typeof batchStepIdSchema>;

const count = z.number().int().nonnegative();
const amount = z.number().int();
const instant = z.string();
const eachStep = <T extends z.ZodTypeAny>(value: T) =>
  z.object(Object.fromEntries(BATCH_STEPS.map((step) => [step, value])) as Record<BatchStepId, T>);

export const batchStepSchema = z.object({
  state: z.enum(["pending", "running", "waiting", "done", "skipped"]),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** One sentence: what came of it. */
  note: z.string(),
  /** Who decided, for a step that a person decided. */
  decidedBy: z.string().nullable(),
});
export type BatchStep = z.infer<typeof batchStepSchema>;

/** How far the step at work is. */
export const batchProgressSchema = z.object({
  step: batchStepIdSchema,
  current: count,
  total: count,
  /** What is counted. */
  unit: z.enum(["rows", "transactions", "invoices", "suppliers", "letters"]),
  /** How much longer the step will take at its pace so far; null before there is one. */
  remainingMs: z.number().int().nullable(),
});
export type BatchProgress = z.infer<typeof batchProgressSchema>;

/** How many rows of each kind the batch has, and how many could not be read. */
export const batchCountsSchema = z.object({
  orders: count,
  orderLines: count,
  invoices: count,
  transactions: count,
  refused: count,
});
export type BatchCounts = z.infer<typeof batchCountsSchema>;

/** Invoices of one status and currency. */
export const statusTotalSchema = z.object({
  status: invoiceStatusSchema,
  currency: z.string(),
  count,
  amountMinor: amount,
  reconciled: count,
});
export type StatusTotal = z.infer<typeof statusTotalSchema>;

/** A letter to a supplier in a few words; its text is in the tenant's tables. */
export const draftSummarySchema = z.object({
  id: z.string(),
  supplier: z.string(),
  /** The invoices that it is about. */
  invoices: count,
  state: z.enum(["ready", "sending", "sent", "skipped", "failed"]),
});
export type DraftSummary = z.infer<typeof draftSummarySchema>;
export type DraftState = DraftSummary["state"];

/** `fourEyesFromMinor` is held against all invoices that could be marked. */
export const invoicePolicySchema = decisionPolicySchema.extend({
  /** How sure a match has to be to be proposed without anybody looking. */
  proposeFromConfidence: z
    .number({ invalid_type_error: "must be a number" })
    .min(0, "must not be negative")
    .max(1, "must be at most 100 %")
    .default(0.7),
});
export type InvoicePolicy = z.infer<typeof invoicePolicySchema>;

/** The question that the batch waits with: what to mark, what to send. It is asked again until the batch is closed. */
export const invoiceQuestionSchema = z.object({
  approvalId: z.string(),
  reason: z.literal("invoices.review"),
  message: z.string(),
});
export type InvoiceQuestion = z.infer<typeof invoiceQuestionSchema>;

/** The state names at most this many letters; all of them are in the table. */
export const DRAFTS_IN_STATE_MAX = 20;

export const invoiceStateSchema = z.object({
  version: z.literal(INVOICE_STATE_VERSION),
  batchId: z.string(),
  threadId: z.string(),
  requestedBy: z.string(),
  title: z.string(),
  policy: invoicePolicySchema,
  steps: eachStep(batchStepSchema),
  /** Null while nothing is counted. */
  progress: batchProgressSchema.nullable(),
  counts: batchCountsSchema,
  /** The currency of most invoices, and what is proposed in it. */
  currency: z.string(),
  totals: z.array(statusTotalSchema).max(500),
  unknownTransactions: count,
  /** Not reconciled yet, and ready to be: `amountMinor` counts only what is in `currency`. */
  proposed: z.object({ count, amountMinor: amount }),
  reconciled: count,
  drafts: z.object({
    ready: count,
    sent: count,
    skipped: count,
    failed: count,
    /** Letters that lack an address, and cannot be sent before somebody adds one. */
    withoutAddress: count,
    shown: z.array(draftSummarySchema).max(DRAFTS_IN_STATE_MAX),
  }),
  question: invoiceQuestionSchema.nullable(),
  /** How often people were asked: part of the idempotency keys. */
  round: count,
  /** The decision that is being carried out. Its rows are in the approval, not here. */
  decision: z.object({ approvalId: z.string(), decidedByName: z.string(), close: z.boolean() }).nullable(),
  /** Set once somebody cancelled. What was marked and sent before stays. */
  cancelled: z.object({ by: z.string(), reason: z.string() }).nullable(),
  outcome: z.enum(["finished", "cancelled"]).nullable(),
});
export type InvoiceState = z.infer<typeof invoiceStateSchema>;

/** A batch has at most this many invoices and as many transactions; an answer names no more rows. */
export const BATCH_ROWS_MAX = 20_000;

/**
 * What a person may answer to the review: mark invoices as reconciled and send letters, as often as wanted, then close. `proposed` and
 * `ready` mean all of them, as they stand when the decision is carried out.
 */
export const reviewAnswerSchema = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("approve"),
    invoices: z.union([z.literal("proposed"), z.array(z.number().int().positive()).max(BATCH_ROWS_MAX)]).default([]),
    letters: z.union([z.literal("ready"), z.array(z.string().min(1).max(64)).max(2_000)]).default([]),
    /** True ends the batch after this; what is not decided stays as it is. */
    close: z.boolean().default(false),
  }),
  z.object({ action: z.literal("cancel"), reason: z.string().trim().max(500).default("") }),
]);
export type ReviewAnswer = z.infer<typeof reviewAnswerSchema>;

/** What the review proposes, as its approval shows it: how much there is to mark and to send. */
export const reviewProposalSchema = z.object({
  invoices: count,
  amountMinor: amount,
  currency: z.string(),
  reconciled: count,
  letters: count,
  withoutAddress: count,
});
export type ReviewProposal = z.infer<typeof reviewProposalSchema>;

/** The answers by the `reason` of the question. */
export const invoiceAnswerSchemas = { "invoices.review": reviewAnswerSchema } as const;

/** A match as a person makes it: which payments pay the invoice, and which order it bills. */
export const matchEditSchema = z.object({
  /** Rows of the bank file; none says that nothing was paid. */
  transactionRows: z.array(z.number().int().positive()).max(50),
  /** Left out, the order stays. Null says that the invoice has none. */
  poNumber: z.string().trim().min(1).max(200).nullable().optional(),
  note: z.string().trim().max(500).default(""),
});
export type MatchEdit = z.infer<typeof matchEditSchema>;

export const draftEditSchema = z.object({
  /** Empty when nobody knows an address yet; the letter cannot be sent then. */
  to: z.union([z.literal(""), z.string().trim().email().max(320)]),
  subject: z.string().trim().min(1).max(200),
  body: z.string().trim().min(1).max(LETTER_BODY_MAX),
});
export type DraftEdit = z.infer<typeof draftEditSchema>;

/** What an upload came to. */
export const uploadedBooksSchema = z.object({ batchId: z.string(), counts: batchCountsSchema });
export type UploadedBooks = z.infer<typeof uploadedBooksSchema>;

/** The files of an upload: their bytes as base64, under the names that people know them by. */
export const uploadFilesSchema = z.object({
  title: z.string().trim().max(200).default(""),
  files: z.object(
    Object.fromEntries(
      BOOK_FILES.map((file) => [file, z.object({ filename: z.string().max(300), bytes: z.string() })]),
    ) as Record<BookFileName, z.ZodObject<{ filename: z.ZodString; bytes: z.ZodString }>>,
  ),
});
export type UploadFiles = z.infer<typeof uploadFilesSchema>;
