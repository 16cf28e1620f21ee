/**
 * What models cost, counted in the database so that it is the same on every node and after every restart. A call reserves what it may
 * come to before it is made and is settled after it, so that calls side by side cannot together spend more than the limit.
 */
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import { EACH_MEMBER, WHOLE_TENANT } from "@/contract/usage";
import { newId } from "@/db/ids";
import { budgets, spend, spendReservations, usage } from "@/db/schema";
import type { Doors, Tx } from "@/db/with-tenant";
import { AppError } from "@/lib/failures/app-error";
import { bucketOf, type Period, untilNext } from "./period";

export { EACH_MEMBER, WHOLE_TENANT };

export interface Spender {
  tenantId: string;
  userId: string;
}

export interface BudgetWarning {
  period: Period;
  /** Whether the limit is the tenant's or the member's. */
  scope: "tenant" | "member";
  spentMicroUsd: number;
  softMicroUsd: number;
}

export interface Reservation {
  /** Null when no limit applies: there is nothing to hold. */
  id: string | null;
  warnings: BudgetWarning[];
  /** What was reserved, when a hard limit applies: the call must keep to it. Else null. */
  grantedMicroUsd: number | null;
}

/** A reservation this old belongs to a process that died: no call takes longer. */
const RESERVATION_MINUTES = 15;

type Runner = Pick<Doors, "withRunner">;

/**
 * Holds `microUsd` for a call that is about to be made, or what is left of a hard limit while that is at least `leastMicroUsd`. Throws
 * AppError budget_exhausted, with the time until the next period, when there is no room even for that.
 */
export async function reserveSpend(
  doors: Runner,
  spender: Spender,
  microUsd: number,
  now: Date = new Date(),
  leastMicroUsd: number = microUsd,
): Promise<Reservation> {
  return doors.withRunner(spender.tenantId, async (tx) => {
    const limits = await limitsOf(tx, spender);
    if (limits.length === 0) return { id: null, warnings: [], grantedMicroUsd: null };
    await lockSpend(tx, spender, now);
    const spent = await spentBy(tx, spender, now);
    const warnings: BudgetWarning[] = [];
    let granted = microUsd;
    for (const { subject, period, softMicroUsd, hardMicroUsd } of limits) {
      const scope = subject === WHOLE_TENANT ? "tenant" : "member";
      const spentMicroUsd = spent[scope][period];
      if (hardMicroUsd !== null) {
        if (spentMicroUsd + leastMicroUsd > hardMicroUsd) throw budgetExhausted(scope, period, now);
        granted = Math.min(granted, hardMicroUsd - spentMicroUsd);
      }
      if (softMicroUsd !== null && spentMicroUsd + microUsd > softMicroUsd)
        warnings.push({ period, scope, spentMicroUsd, softMicroUsd });
    }
    const id = newId("rsv");
    await tx.insert(spendReservations).values({ id, ...spender, microUsd: granted });
    const limited = limits.some(({ hardMicroUsd }) => hardMicroUsd !== null);
    return { id, warnings, grantedMicroUsd: limited ? granted : null };
  });
}

export interface SettledCall extends Spender {
  threadId: string;
  runId: string;
  agent: string;
  provider: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  costMicroUsd: number | null;
  measured: boolean;
}

/** Counts a call and gives its reservation back, in one transaction. A call without tokens was refused: it is only given back. */
export async function settleSpend(
  doors: Runner,
  reservationId: string | null,
  call: SettledCall,
  now: Date = new Date(),
): Promise<void> {
  const { tenantId, userId } = call;
  await doors.withRunner(tenantId, async (tx) => {
    // In the order in which reservations take their locks, so that none waits for another in a circle.
    if (call.costMicroUsd) {
      await addSpend(tx, tenantId, WHOLE_TENANT, bucketOf("month", now), call.costMicroUsd);
      await addSpend(tx, tenantId, WHOLE_TENANT, bucketOf("day", now), call.costMicroUsd);
      await addSpend(tx, tenantId, userId, bucketOf("month", now), call.costMicroUsd);
      await addSpend(tx, tenantId, userId, bucketOf("day", now), call.costMicroUsd);
    }
    if (call.inputTokens + call.outputTokens > 0)
      await tx.insert(usage).values({ id: newId("usg", now.getTime()), createdAt: now, ...call });
    if (reservationId) await tx.delete(spendReservations).where(eq(spendReservations.id, reservationId));
  });
}

interface Limit {
  subject: string;
  period: Period;
  softMicroUsd: number | null;
  hardMicroUsd: number | null;
}

/** The limits that bind a spender: the tenant's, and their own or else the one for each member. */
export async function limitsOf(tx: Tx, { tenantId, userId }: Spender): Promise<Limit[]> {
  const { subject, period, softMicroUsd, hardMicroUsd } = budgets;
  const rows = await tx
    .select({ subject, period, softMicroUsd, hardMicroUsd })
    .from(budgets)
    .where(and(eq(budgets.tenantId, tenantId), inArray(subject, [WHOLE_TENANT, EACH_MEMBER, userId])));
  const hasOwn = (period: Period) => rows.some((row) => row.subject === userId && row.period === period);
  return rows.filter((row) => row.subject !== EACH_MEMBER || !hasOwn(row.period));
}

/** One spender of a tenant after another, until the transaction ends. */
async function lockSpend(tx: Tx, { tenantId }: Spender, now: Date): Promise<void> {
  await addSpend(tx, tenantId, WHOLE_TENANT, bucketOf("month", now), 0);
}

async function addSpend(tx: Tx, tenantId: string, subject: string, bucket: string, microUsd: number): Promise<void> {
  await tx
    .insert(spend)
    .values({ tenantId, subject, bucket, microUsd })
    .onConflictDoUpdate({
      target: [spend.tenantId, spend.subject, spend.bucket],
      set: { microUsd: sql`${spend.microUsd} + ${microUsd}` },
    });
}

type Spent = Record<"tenant" | "member", Record<Period, number>>;

/** What was spent and what is held, by the whole tenant and by this member. */
export async function spentBy(tx: Tx, { tenantId, userId }: Spender, now: Date): Promise<Spent> {
  const rows = await tx
    .select()
    .from(spend)
    .where(
      and(
        eq(spend.tenantId, tenantId),
        inArray(spend.subject, [WHOLE_TENANT, userId]),
        inArray(spend.bucket, [bucketOf("day", now), bucketOf("month", now)]),
      ),
    );
  const held = await tx
    .select({
      tenant: sql<number>`coalesce(sum(${spendReservations.microUsd}), 0)::float8`,
      member: sql<number>`coalesce(sum(${spendReservations.microUsd}) filter (where ${spendReservations.userId} = ${userId}), 0)::float8`,
    })
    .from(spendReservations)
    .where(
      and(
        eq(spendReservations.tenantId, tenantId),
        gt(spendReservations.createdAt, sql`now() - make_interval(mins => ${RESERVATION_MINUTES})`),
      ),
    );
  const total = (subject: string, scope: "tenant" | "member", period: Period) =>
    (held[0]?.[scope] ?? 0) +
    (rows.find((row) => row.subject === subject && row.bucket === bucketOf(period, now))?.microUsd ?? 0);
  return {
    tenant: { day: total(WHOLE_TENANT, "tenant", "day"), month: total(WHOLE_TENANT, "tenant", "month") },
    member: { day: total(userId, "member", "day"), month: total(userId, "member", "month") },
  };
}

/** Words for the person whose question is not asked. */
export function budgetExhausted(scope: "tenant" | "member", period: Period, now: Date): AppError {
  const whose = scope === "tenant" ? "Your organisation's" : "Your";
  const which = period === "day" ? "today" : "this month";
  const next = period === "day" ? "tomorrow" : "next month";
  return new AppError(
    "budget_exhausted",
    `${whose} allowance for ${which} is used up. Your question is kept; ask again ${next}, or ask an administrator to raise the limit.`,
    { status: 402, retryAfterMs: untilNext(period, now) },
  );
}
