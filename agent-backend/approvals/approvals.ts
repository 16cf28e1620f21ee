// Questions to people and their answers. A graph asks once a question's key; the first decision is written and stays.
import { and, eq, sql } from "drizzle-orm";
import type { DecisionPolicy } from "@/contract/decision-policy";
import type { Decision } from "@/contract/orders";
import { newId } from "@/db/ids";
import { approvals, auditLog, graphThreads } from "@/db/schema";
import type { TenantRole, Tx } from "@/db/with-tenant";
import type { TenantWork } from "../tenant-work";

export type Approval = typeof approvals.$inferSelect;

export interface Question {
  tenantId: string;
  threadId: string;
  key: string;
  agent: string;
  subject: string;
  reason: string;
  title: string;
  message: string;
  proposal: Record<string, unknown>;
  amountMinor: number;
  currency: string;
  requestedBy: string;
  fourEyes: boolean;
  adminsOnly?: boolean;
  expiresAt: Date | null;
}

/** Who answers: from a verified token. */
export interface Decider {
  userId: string;
  email: string;
  role: TenantRole;
}

export type Decided =
  | { outcome: "decided" | "same"; approval: Approval }
  | { outcome: "taken"; approval: Approval }
  | { outcome: "expired" | "not_allowed" | "withdrawn"; approval: Approval; message: string }
  | { outcome: "unknown" };

/** What the tenant's policy makes of a question about this amount, asked now. */
export function rulesOf(
  { deciders, fourEyesFromMinor, answerWithinHours }: DecisionPolicy,
  amountMinor: number,
): Pick<Question, "adminsOnly" | "fourEyes" | "expiresAt"> {
  return {
    adminsOnly: deciders === "admins",
    fourEyes: fourEyesFromMinor !== null && amountMinor >= fourEyesFromMinor,
    expiresAt: answerWithinHours === null ? null : new Date(Date.now() + answerWithinHours * 3_600_000),
  };
}

/** Asks, or finds the question that was asked under this key before. Call it in the transaction that says the thread waits. */
export async function ask(tx: Tx, question: Question): Promise<Approval> {
  const [asked] = await tx
    .insert(approvals)
    .values({ id: newId("apr"), ...question })
    .onConflictDoNothing()
    .returning();
  if (asked) return asked;
  const [known] = await tx
    .select()
    .from(approvals)
    .where(and(eq(approvals.threadId, question.threadId), eq(approvals.key, question.key)));
  if (!known) throw new Error(`the question ${question.key} could not be asked`);
  return known;
}

export async function getApproval(work: TenantWork, id: string): Promise<Approval | null> {
  const [row] = await work((tx) => tx.select().from(approvals).where(eq(approvals.id, id)));
  return row ?? null;
}

/**
 * Writes the first decision and wakes the thread, in one transaction with its audit entry. `answer` has been checked against the
 * question's schema by the caller. A second answer changes nothing: the same one is `same`, another `taken`.
 */
export async function decide(
  work: TenantWork,
  id: string,
  decider: Decider,
  answer: Record<string, unknown>,
): Promise<Decided> {
  return work(async (tx) => {
    const [approval] = await tx.select().from(approvals).where(eq(approvals.id, id)).for("update");
    if (!approval) return { outcome: "unknown" };
    if (approval.status === "withdrawn") {
      return { outcome: "withdrawn", approval, message: "This question was withdrawn: the order went on without it." };
    }
    if (approval.status === "decided") {
      const same = approval.decidedBy === decider.userId && canonical(answerOf(approval)) === canonical(answer);
      return { outcome: same ? "same" : "taken", approval };
    }
    if (approval.expiresAt && approval.expiresAt.getTime() <= Date.now())
      return { outcome: "expired", approval, message: "The time for this decision is over." };
    // Stopping is always allowed: four eyes guard what goes out, not what is held back.
    if (approval.fourEyes && approval.requestedBy === decider.userId && answer.action !== "cancel") {
      const message = "This amount needs a second person: somebody else than the one who asked has to decide.";
      return { outcome: "not_allowed", approval, message };
    }
    if (approval.adminsOnly && decider.role !== "admin" && answer.action !== "cancel")
      return { outcome: "not_allowed", approval, message: "Only admins of this workspace may decide this." };
    const decision: Decision = { answer, decidedBy: decider.userId, decidedByName: decider.email || decider.userId };
    return { outcome: "decided", approval: await write(tx, approval, decision, decider.email) };
  });
}

/** Answers every open question of a thread on behalf of nobody in particular: its time is over, or the whole was cancelled. */
export async function closeOpenQuestions(work: TenantWork, threadId: string, decision: Decision): Promise<void> {
  await work(async (tx) => {
    const open = await tx
      .select()
      .from(approvals)
      .where(and(eq(approvals.threadId, threadId), eq(approvals.status, "pending")))
      .for("update");
    for (const approval of open) await write(tx, approval, decision, "");
  });
}

/** Takes back what a thread still asks, when it has ended. */
export async function withdrawQuestions(tx: Tx, threadId: string): Promise<void> {
  await tx
    .update(approvals)
    .set({ status: "withdrawn" })
    .where(and(eq(approvals.threadId, threadId), eq(approvals.status, "pending")));
}

export function answerOf(approval: Approval): unknown {
  return (approval.decision as Decision | null)?.answer;
}

async function write(tx: Tx, approval: Approval, decision: Decision, email: string): Promise<Approval> {
  const [written] = await tx
    .update(approvals)
    .set({
      status: "decided",
      decision: { ...decision },
      decidedBy: decision.decidedBy,
      decidedByEmail: email,
      decidedAt: sql`now()`,
    })
    .where(and(eq(approvals.id, approval.id), eq(approvals.status, "pending")))
    .returning();
  if (!written) throw new Error(`the approval ${approval.id} was decided under its lock`);
  await tx
    .update(graphThreads)
    .set({ wake: true, updatedAt: sql`now()` })
    .where(eq(graphThreads.id, approval.threadId));
  await tx.insert(auditLog).values({
    id: newId("aud"),
    tenantId: approval.tenantId,
    userId: decision.decidedBy,
    action: "approval.decide",
    target: approval.id,
    detail: { subject: approval.subject, reason: approval.reason, action: decision.answer.action },
  });
  return written;
}

/** JSON with sorted keys, so that two spellings of one answer are equal. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
