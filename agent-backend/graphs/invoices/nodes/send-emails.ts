import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { InvoiceState } from "@/contract/invoices";
import { newId } from "@/db/ids";
import { approvals, auditLog, emailDrafts } from "@/db/schema";
import { GraphRunError } from "../../../agui/run-graph";
import { totalsOf } from "../../../books/totals";
import { once } from "../../../effects/once";
import { OutsideFailure } from "../../../systems/outside-failure";
import { countWords } from "../count-words";
import { type Approved, requireApproved } from "../decision";
import { type InvoiceWorld, progressOf, turnRound } from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { done, passedOver } from "../steps";

type Draft = typeof emailDrafts.$inferSelect;

/**
 * send_emails: the letters that were approved, as they stood when they were. Each has an effect of its own, whose row is the outbox: an
 * attempt that died is followed by one that asks what was sent before it sends anything.
 */
export async function sendEmails(
  world: InvoiceWorld,
  state: InvoiceState,
  config: LangGraphRunnableConfig,
): Promise<InvoiceUpdate> {
  const approved = await requireApproved(world, state);
  await claimLetters(world, state, approved);
  const letters = await world.work((tx) =>
    tx
      .select()
      .from(emailDrafts)
      .where(and(eq(emailDrafts.batchId, state.batchId), eq(emailDrafts.state, "sending")))
      .orderBy(asc(emailDrafts.id)),
  );
  const progress = progressOf(world, state, config);
  const total = letters.length;
  let refused = 0;
  for (const [current, letter] of letters.entries()) {
    progress.show({ step: "send_emails", current, total, unit: "letters", remainingMs: null });
    const stopped = await turnRound(world, state);
    if (stopped) {
      await release(world, state);
      return stopped;
    }
    if (!(await sendLetter(world, state, letter, approved))) refused++;
  }
  await progress.settled();
  const totals = await world.work((tx) => totalsOf(tx, state.batchId));
  const note = `${total - refused} sent${refused > 0 ? `, ${refused} refused` : ""}.`;
  return {
    ...totals,
    progress: null,
    steps:
      total === 0 ? notSent(state, totals.drafts, approved) : done(state, "send_emails", note, approved.decidedByName),
  };
}

/** Without a letter to send the step is skipped, unless it sent some after an earlier decision. */
function notSent(state: InvoiceState, { ready, sent, failed }: InvoiceState["drafts"], approved: Approved) {
  const { answer, decidedByName } = approved;
  if (sent > 0) return done(state, "send_emails", `No other letter; ${countWords(sent, "letter")} sent before.`);
  const isWanted = answer.letters.length > 0;
  const unfit = "Nothing was sent: the letters that were wanted have no address, or were changed since.";
  const why = ready + failed === 0 ? "No letter was due." : isWanted ? unfit : "No letter was wanted.";
  return passedOver(state, "send_emails", why, decidedByName);
}

/** Takes the letters that were approved and have not changed since; nobody can change them from here on. */
async function claimLetters(world: InvoiceWorld, state: InvoiceState, { answer, approvalId }: Approved): Promise<void> {
  const { letters } = answer;
  if (letters.length === 0) return;
  await world.work((tx) =>
    tx
      .update(emailDrafts)
      .set({ state: "sending", note: "" })
      .where(
        and(
          eq(emailDrafts.batchId, state.batchId),
          letters === "ready" ? eq(emailDrafts.state, "ready") : inArray(emailDrafts.id, letters),
          inArray(emailDrafts.state, ["ready", "failed"]),
          ne(emailDrafts.toAddress, ""),
          sql`${emailDrafts.updatedAt} <= (select ${approvals.decidedAt} from ${approvals} where ${approvals.id} = ${approvalId})`,
        ),
      ),
  );
}

/** False when the mail system will not take it: its address is wrong, say. The letter can then be put right. */
async function sendLetter(world: InvoiceWorld, state: InvoiceState, letter: Draft, by: Approved): Promise<boolean> {
  const mail = { to: letter.toAddress, subject: letter.subject, body: letter.body };
  const key = `${state.threadId}:send_emails:${letter.id}.${letter.version}`;
  const { tenantId } = world;
  const effect = { tenantId, threadId: state.threadId, key, step: "send_emails", system: "mail", operation: "send" };
  try {
    await once<{ reference: string }>(
      world.work,
      { ...effect, request: mail },
      {
        call: (key) => world.systems.mail.send(key, mail),
        find: (key) => world.systems.mail.find(key),
      },
    );
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    if (error.kind !== "refused") throw new GraphRunError(`mail_${error.kind}`, error.message);
    await world.work((tx) =>
      tx
        .update(emailDrafts)
        .set({ state: "failed", note: error.message, version: letter.version + 1, updatedAt: sql`now()` })
        .where(and(eq(emailDrafts.id, letter.id), eq(emailDrafts.state, "sending"))),
    );
    return false;
  }
  await world.work(async (tx) => {
    const [sent] = await tx
      .update(emailDrafts)
      .set({ state: "sent", sentAt: sql`now()` })
      .where(and(eq(emailDrafts.id, letter.id), eq(emailDrafts.state, "sending")))
      .returning({ id: emailDrafts.id });
    if (!sent) return;
    await tx.insert(auditLog).values({
      id: newId("aud"),
      tenantId,
      userId: by.decidedBy,
      action: "email.send",
      target: letter.id,
      detail: { approvalId: by.approvalId, to: mail.to, batchId: state.batchId },
    });
  });
  return true;
}

/** What was not sent yet when the batch ends stays a draft. */
async function release(world: InvoiceWorld, state: InvoiceState): Promise<void> {
  await world.work((tx) =>
    tx
      .update(emailDrafts)
      .set({ state: "ready" })
      .where(and(eq(emailDrafts.batchId, state.batchId), eq(emailDrafts.state, "sending"))),
  );
}
