import { and, eq } from "drizzle-orm";
import {
  type MarkedInvoice,
  type MarkInvoiceInput,
  type RefusedAction,
  refusedActionSchema,
} from "@/contract/backend-actions";
import { type InvoiceStatus, type ReviewAnswer, UNPAID_STATUSES } from "@/contract/invoices";
import { approvals } from "@/db/schema";
import { type FoundInvoice, findInvoices } from "../books/find-invoices";
import { settled } from "../execution/settled";
import { HttpError } from "../http-error";
import { takeAnswer } from "../routes/decide";
import type { Actor } from "./actions";

/** How often a decision of somebody else may come first. */
const TRIES_MAX = 3;

/**
 * Marks one invoice of the newest set that has it, as an answer to the open review of that set: what may be marked, who may decide, four
 * eyes, the time to answer and the record of it are those of the review. Asking again, or for what somebody else has marked, changes
 * nothing. What cannot be marked is `refused`, with the reason in words.
 */
export async function markInvoiceReconciled(
  actor: Actor,
  input: MarkInvoiceInput,
): Promise<MarkedInvoice | RefusedAction> {
  for (let tries = 1; ; tries++) {
    const found = await find(actor, input);
    if (!("row" in found)) return found;
    if (found.reconciledAt) return told("already_marked", found);
    const refused = refusalOf(found);
    if (refused) return refused;
    if (found.batchStatus === "waiting") {
      const decided = await decideOn(actor, found);
      if (decided === "approved") return afterDecision(actor, input, found);
      if (decided !== "too_late") return decided;
    }
    // Somebody else's decision is carried out just now; the batch asks again after it.
    if (tries === TRIES_MAX || !(await settled(actor.executor, actor.claims.tenant, found.threadId ?? "")))
      return refuse(`${found.title} is at work just now. Ask again when it waits for a decision.`);
  }
}

async function find({ executor, claims }: Actor, { invoice, row }: MarkInvoiceInput) {
  const all = await executor.work(claims.tenant)((tx) => findInvoices(tx, [invoice]));
  const found = row === undefined ? all : all.filter((one) => one.row === row);
  const [only, ...others] = found;
  if (!only)
    return refuse(`There is no invoice ${invoice}${row ? ` in row ${row}` : ""} in the sets that were reconciled.`);
  if (others.length === 0) return only;
  const rows = found.map((one) => `row ${one.row} (${one.supplier})`).join(", ");
  return refuse(`${found.length} invoices have the number ${invoice}. Say which: ${rows}.`);
}

/** Why it cannot be marked whoever asks, or null. */
function refusalOf({ invoiceNumber, status, title, batchStatus }: FoundInvoice): RefusedAction | null {
  if (UNPAID_STATUSES.includes(status as InvoiceStatus))
    return refuse(
      `${invoiceNumber} is ${status === "unpaid" ? "unpaid" : "a copy of another invoice"}, and cannot be marked as it stands.`,
    );
  if (batchStatus === "waiting" || batchStatus === "running") return null;
  const closed = batchStatus === "finished" || batchStatus === "cancelled";
  return refuse(closed ? `${title} is closed.` : `${title} does not wait for a decision: it is ${batchStatus}.`);
}

/** The answer to the batch's open question; `too_late` when there is none any more. */
async function decideOn({ executor, claims }: Actor, { threadId, row }: FoundInvoice) {
  const [open] = await executor.work(claims.tenant)((tx) =>
    tx
      .select({ id: approvals.id })
      .from(approvals)
      .where(and(eq(approvals.threadId, threadId ?? ""), eq(approvals.status, "pending"))),
  );
  if (!open || threadId === null) return "too_late";
  const answer: ReviewAnswer = { action: "approve", invoices: [row], letters: [], close: false };
  try {
    await takeAnswer(executor, claims, threadId, open.id, answer);
    return "approved";
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    if (error.code === "already_decided" || error.code === "withdrawn") return "too_late";
    const { fields } = error.detail as { fields?: Record<string, string> };
    return refuse([error.message, ...Object.values(fields ?? {})].join(" "));
  }
}

async function afterDecision(actor: Actor, input: MarkInvoiceInput, before: FoundInvoice) {
  const rests = await settled(actor.executor, actor.claims.tenant, before.threadId ?? "");
  const after = await find(actor, { invoice: input.invoice, row: before.row });
  if (!("row" in after)) return after;
  if (after.reconciledAt) return told("marked", after);
  return rests
    ? refuse(`It was approved, but ${before.invoiceNumber} could not be marked any more: its match was changed.`)
    : told("approved", after);
}

function told(outcome: MarkedInvoice["outcome"], found: FoundInvoice): MarkedInvoice {
  const { invoiceNumber: number, row, supplier, totalMinor, currency, batchId, title, reconciledBy } = found;
  return {
    status: "ok",
    outcome,
    invoice: { number, row, supplier, totalMinor, currency, batchId, title },
    markedBy: reconciledBy,
  };
}

const refuse = (message: string): RefusedAction => refusedActionSchema.parse({ status: "refused", message });
