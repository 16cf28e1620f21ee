"use server";

import { z } from "zod";
import { BATCH_ROWS_MAX, draftEditSchema, matchEditSchema, transactionStatusSchema } from "@/contract/invoices";
import { decideApproval } from "@/lib/approvals/decide-approval";
import { defineAction } from "@/lib/gateway/define-action";
import { answerReview } from "@/lib/invoices/answer-review";
import * as drafts from "@/lib/invoices/edit-draft";
import * as matching from "@/lib/invoices/edit-match";
import * as evidence from "@/lib/invoices/get-evidence";
import { importOwnBooks } from "@/lib/invoices/import-books";
import { invoiceFilterSchema, invoicePageSchema } from "@/lib/invoices/invoice-filter";
import * as letters from "@/lib/invoices/list-drafts";
import * as invoices from "@/lib/invoices/list-invoices";
import * as refused from "@/lib/invoices/list-refused";
import * as transactions from "@/lib/invoices/list-transactions";
import * as marking from "@/lib/invoices/mark-invoices";
import * as reconciling from "@/lib/invoices/run-batch";
import * as unmarking from "@/lib/invoices/unmark-invoices";
import * as creating from "@/lib/threads/create-thread";
import { booksOf } from "./queries";

const id = z.string().min(1).max(64);
const batch = z.object({ batchId: id });
const row = z.number().int().positive();
const page = { offset: z.number().int().min(0).max(1_000_000), limit: z.number().int().min(1).max(200) };

export const getBooks = defineAction({
  input: z.object({ batchId: id.nullable() }),
  run: ({ batchId }, identity) => booksOf(identity, batchId),
});

export const listInvoices = defineAction({
  input: invoicePageSchema.extend(batch.shape),
  run: ({ batchId, ...query }, identity) => invoices.listInvoices(identity, batchId, query),
});

export const listInvoiceRowNumbers = defineAction({
  input: invoiceFilterSchema.extend(batch.shape),
  run: ({ batchId, ...filter }, identity) => invoices.listInvoiceRowNumbers(identity, batchId, filter),
});

export const getEvidence = defineAction({
  input: batch.extend({ row }),
  run: ({ batchId, row: at }, identity) => evidence.getEvidence(identity, batchId, at),
});

export const listTransactions = defineAction({
  input: batch.extend({ status: transactionStatusSchema.optional(), q: z.string().max(200).default(""), ...page }),
  run: ({ batchId, ...query }, identity) => transactions.listTransactions(identity, batchId, query),
});

export const listLetters = defineAction({
  input: batch,
  run: ({ batchId }, identity) => letters.listDrafts(identity, batchId),
});

export const listRefused = defineAction({
  input: batch.extend(page),
  run: ({ batchId, ...query }, identity) => refused.listRefused(identity, batchId, query),
});

export const takeOwnBooks = defineAction({ input: z.object({}), run: (_input, identity) => importOwnBooks(identity) });

export const startBatch = defineAction({
  input: batch,
  run: ({ batchId }, identity) => reconciling.startBatch(identity, batchId),
});

export const stopBatch = defineAction({
  input: batch,
  run: ({ batchId }, identity) => reconciling.stopBatch(identity, batchId),
});

export const resumeBatch = defineAction({
  input: batch,
  run: ({ batchId }, identity) => reconciling.resumeBatch(identity, batchId),
});

const rows = z.array(row).min(1).max(BATCH_ROWS_MAX);

export const markInvoices = defineAction({
  input: batch.extend({ rows }),
  run: ({ batchId, rows: asked }, identity) => marking.markInvoices(identity, batchId, asked),
});

export const unmarkInvoices = defineAction({
  input: batch.extend({ rows }),
  run: ({ batchId, rows: asked }, identity) => unmarking.unmarkInvoices(identity, batchId, asked),
});

export const sendLetter = defineAction({
  input: batch.extend({ draftId: id }),
  run: ({ batchId, draftId }, identity) =>
    answerReview(identity, batchId, { action: "approve", invoices: [], letters: [draftId], close: false }),
});

export const editMatch = defineAction({
  input: batch.extend({ row, edit: matchEditSchema }),
  run: ({ batchId, row: at, edit }, identity) => matching.editMatch(identity, batchId, at, edit),
});

export const undoEdit = defineAction({
  input: batch.extend({ editId: id }),
  run: ({ batchId, editId }, identity) => matching.undoEdit(identity, batchId, editId),
});

export const saveDraft = defineAction({
  input: batch.extend({ draftId: id, edit: draftEditSchema }),
  run: ({ batchId, draftId, edit }, identity) => drafts.saveDraft(identity, batchId, draftId, edit),
});

export const skipDraft = defineAction({
  input: batch.extend({ draftId: id }),
  run: ({ batchId, draftId }, identity) => drafts.skipDraft(identity, batchId, draftId),
});

export const restoreDraft = defineAction({
  input: batch.extend({ draftId: id }),
  run: ({ batchId, draftId }, identity) => drafts.restoreDraft(identity, batchId, draftId),
});

export const answerQuestion = defineAction({
  input: z.object({ approvalId: id, answer: z.record(z.unknown()) }),
  run: ({ approvalId, answer }, identity) => decideApproval(identity, approvalId, answer),
});

export const createThread = defineAction({
  input: z.object({}),
  run: async (_input, identity) => ({ id: (await creating.createThread(identity, "invoices")).id }),
});
