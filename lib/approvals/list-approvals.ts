import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { InvoiceQuestion } from "@/contract/invoices";
import type { OrderQuestion } from "@/contract/orders";
import { approvals } from "@/db/schema";
import { type TenantContext, withTenant } from "@/db/with-tenant";

/** A question to people, as the inbox shows it; plain values, because it goes to the browser. */
export interface ApprovalSummary {
  id: string;
  threadId: string;
  agent: string;
  /** What it is about: an order's number, or the id of a set of books. */
  subject: string;
  reason: OrderQuestion["reason"] | InvoiceQuestion["reason"];
  title: string;
  message: string;
  /** The arguments that are proposed. */
  proposal: Record<string, unknown>;
  amountMinor: number;
  currency: string;
  requestedBy: string;
  fourEyes: boolean;
  adminsOnly: boolean;
  expiresAt: string | null;
  status: "pending" | "decided" | "withdrawn";
  /** What was decided, by whom and when; null while it is pending. */
  answer: Record<string, unknown> | null;
  decidedBy: string | null;
  decidedAt: string | null;
  createdAt: string;
}

/** The tenant's questions: the open ones, the oldest first, or those that are closed, the latest first. */
export async function listApprovals(
  context: TenantContext,
  { open, limit }: { open: boolean; limit: number },
): Promise<ApprovalSummary[]> {
  const rows = await withTenant(context, (tx) =>
    tx
      .select()
      .from(approvals)
      .where(open ? eq(approvals.status, "pending") : inArray(approvals.status, ["decided", "withdrawn"]))
      .orderBy(open ? asc(approvals.createdAt) : desc(approvals.decidedAt))
      .limit(limit),
  );
  return rows.map(toSummary);
}

export async function getApproval(context: TenantContext, id: string): Promise<ApprovalSummary | null> {
  const [row] = await withTenant(context, (tx) => tx.select().from(approvals).where(eq(approvals.id, id)));
  return row ? toSummary(row) : null;
}

/** The open question of a thread, when there is one. */
export async function getOpenApproval(context: TenantContext, threadId: string): Promise<ApprovalSummary | null> {
  const [row] = await withTenant(context, (tx) =>
    tx
      .select()
      .from(approvals)
      .where(and(eq(approvals.threadId, threadId), eq(approvals.status, "pending"))),
  );
  return row ? toSummary(row) : null;
}

function toSummary(row: typeof approvals.$inferSelect): ApprovalSummary {
  const {
    id,
    threadId,
    agent,
    subject,
    title,
    message,
    proposal,
    amountMinor,
    currency,
    requestedBy,
    fourEyes,
    adminsOnly,
    status,
  } = row;
  const decision = row.decision as { answer?: Record<string, unknown>; decidedByName?: string } | null;
  return {
    id,
    threadId,
    agent,
    subject,
    title,
    message,
    proposal,
    amountMinor,
    currency,
    requestedBy,
    fourEyes,
    adminsOnly,
    status,
    reason: row.reason as ApprovalSummary["reason"],
    expiresAt: row.expiresAt?.toISOString() ?? null,
    answer: decision?.answer ?? null,
    decidedBy: decision?.decidedByName ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Whether this person may do more than stop what is asked about: not the requester above the threshold, and only admins where the tenant says so. */
export function mayDecide(
  { fourEyes, adminsOnly, requestedBy }: Pick<ApprovalSummary, "fourEyes" | "adminsOnly" | "requestedBy">,
  { userId, role }: TenantContext,
): boolean {
  return !(fourEyes && requestedBy === userId) && !(adminsOnly && role !== "admin");
}
