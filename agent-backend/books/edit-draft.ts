import { and, eq, inArray, sql } from "drizzle-orm";
import type { DraftEdit, DraftState } from "@/contract/invoices";
import { emailDrafts } from "@/db/schema";
import { reviseQuestion } from "../graphs/invoices/review-question";
import { HttpError, notFound } from "../http-error";
import type { TenantWork } from "../tenant-work";
import type { Editor } from "./edit-match";
import { lockBatch, type Place } from "./match-rows";

const OPEN: DraftState[] = ["ready", "failed", "skipped"];

/** Writes a letter's words. What was approved before it changed is not sent. Throws HttpError: not_found, letter_sent. */
export async function saveDraft(
  work: TenantWork,
  place: Place,
  { name }: Editor,
  id: string,
  { to, subject, body }: DraftEdit,
): Promise<void> {
  await change(work, place, id, OPEN, {
    toAddress: to,
    subject,
    body,
    state: "ready",
    note: "",
    editedBy: name,
    version: sql`${emailDrafts.version} + 1`,
  });
}

/** Leaves a letter out. */
export async function skipDraft(work: TenantWork, place: Place, { name }: Editor, id: string): Promise<void> {
  await change(work, place, id, OPEN, { state: "skipped", note: `Left out by ${name}` });
}

/** Takes a letter in again that was left out. */
export async function restoreDraft(work: TenantWork, place: Place, _editor: Editor, id: string): Promise<void> {
  await change(work, place, id, ["skipped", "failed"], { state: "ready", note: "" });
}

async function change(
  work: TenantWork,
  place: Place,
  id: string,
  from: readonly DraftState[],
  set: Record<string, unknown>,
): Promise<void> {
  const known = await work(async (tx) => {
    // The order in which every change takes its locks: the batch first.
    await lockBatch(tx, place);
    const mine = and(eq(emailDrafts.batchId, place.batchId), eq(emailDrafts.id, id));
    const changed = await tx
      .update(emailDrafts)
      .set({ ...set, updatedAt: sql`now()` })
      .where(and(mine, inArray(emailDrafts.state, [...from])))
      .returning({ id: emailDrafts.id });
    if (changed.length > 0) {
      await reviseQuestion(tx, place);
      return "changed";
    }
    const [row] = await tx.select({ state: emailDrafts.state }).from(emailDrafts).where(mine);
    return row?.state ?? null;
  });
  if (known === null) throw notFound();
  if (known === "sent" || known === "sending")
    throw new HttpError(409, "letter_sent", "This letter was sent, or is being sent, and cannot change any more.");
}
