import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { newId } from "@/db/ids";
import { auditLog, budgets, memberships, spend } from "@/db/schema";
import { type Doors, type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { forbidden, invalidRequest } from "@/lib/failures/app-error";
import { EACH_MEMBER, WHOLE_TENANT } from "./ledger";
import { bucketOf, type Period } from "./period";

const usd = z
  .number({ invalid_type_error: "must be an amount" })
  .finite("must be an amount")
  .min(0.01, "must be at least 0.01")
  .max(10_000_000, "must be at most 10,000,000")
  .nullable();

/** A limit as an admin sets it, in US dollars. Without both limits there is none. */
const limitShape = { softUsd: usd, hardUsd: usd };
type LimitInput = { softUsd: number | null; hardUsd: number | null };
const inOrder = ({ softUsd, hardUsd }: LimitInput) => softUsd === null || hardUsd === null || softUsd <= hardUsd;
const ORDER = { path: ["softUsd"], message: "must not be more than the hard limit" };
const limitSchema = z.object(limitShape).strict().refine(inOrder, ORDER);

const subjectSchema = z.union([
  z.literal(WHOLE_TENANT),
  z.literal(EACH_MEMBER),
  z.string().regex(/^[\w-]{1,64}$/, "is no member"),
]);

export const budgetInputSchema = z
  .object({ subject: subjectSchema, period: z.enum(["day", "month"]), ...limitShape })
  .refine(inOrder, ORDER);
export type BudgetInput = z.infer<typeof budgetInputSchema>;

export interface BudgetStatus {
  subject: string;
  period: Period;
  softUsd: number | null;
  hardUsd: number | null;
  /** Of the limit of each member, what the caller spent. Null for what all spent together, which is the admins' to see. */
  spentUsd: number | null;
}

type Tenant = Pick<Doors, "withTenant">;

/** The limits that the caller may see, with what was spent of each so far. */
export async function listBudgets(
  context: TenantContext,
  now: Date = new Date(),
  doors: Tenant = { withTenant },
): Promise<BudgetStatus[]> {
  return doors.withTenant(context, async (tx) => {
    const limits = await tx.select().from(budgets).orderBy(budgets.subject, budgets.period);
    const buckets = [bucketOf("day", now), bucketOf("month", now)];
    const spent = await tx.select().from(spend).where(inArray(spend.bucket, buckets));
    return limits.map(({ subject, period, softMicroUsd, hardMicroUsd }) => {
      const spender = subject === EACH_MEMBER ? context.userId : subject;
      const row = spent.find((counted) => counted.subject === spender && counted.bucket === bucketOf(period, now));
      return {
        subject,
        period,
        softUsd: usdOf(softMicroUsd),
        hardUsd: usdOf(hardMicroUsd),
        spentUsd: spender === context.userId || context.role === "admin" ? (row?.microUsd ?? 0) / 1_000_000 : null,
      };
    });
  });
}

/** The limits of one subject, as a form has them. */
export const limitsInputSchema = z.object({ subject: subjectSchema, day: limitSchema, month: limitSchema }).strict();
export type LimitsInput = z.infer<typeof limitsInputSchema>;

/**
 * Sets or removes the limits of one subject, and writes who did. Returns what they were, which takes this back. Throws AppError
 * forbidden for anybody but an admin, and invalid_request for somebody who is no member.
 */
export async function setLimits(
  context: TenantContext,
  { subject, ...limits }: LimitsInput,
  doors: Tenant = { withTenant },
): Promise<LimitsInput> {
  if (context.role !== "admin") throw forbidden();
  return doors.withTenant(context, async (tx) => {
    if (subject !== WHOLE_TENANT && subject !== EACH_MEMBER) await requireMember(tx, subject);
    const day = await writeLimit(tx, context, { subject, period: "day", ...limits.day });
    const month = await writeLimit(tx, context, { subject, period: "month", ...limits.month });
    return { subject, day, month };
  });
}

/** Sets or removes one limit, and writes who did. Throws AppError forbidden for anybody but an admin. */
export async function setBudget(
  context: TenantContext,
  budget: BudgetInput,
  doors: Tenant = { withTenant },
): Promise<void> {
  if (context.role !== "admin") throw forbidden();
  await doors.withTenant(context, (tx) => writeLimit(tx, context, budget));
}

async function requireMember(tx: Tx, userId: string): Promise<void> {
  const [member] = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.userId, userId));
  if (!member) throw invalidRequest("This is nobody of this workspace.", { subject: "is no member" });
}

async function writeLimit(
  tx: Tx,
  { tenantId, userId }: TenantContext,
  { subject, period, softUsd, hardUsd }: BudgetInput,
): Promise<LimitInput> {
  const own = and(eq(budgets.tenantId, tenantId), eq(budgets.subject, subject), eq(budgets.period, period));
  const [before] = await tx.select().from(budgets).where(own).for("update");
  const was = { softUsd: usdOf(before?.softMicroUsd ?? null), hardUsd: usdOf(before?.hardMicroUsd ?? null) };
  if (was.softUsd === softUsd && was.hardUsd === hardUsd) return was;
  const limits = { softMicroUsd: microUsdOf(softUsd), hardMicroUsd: microUsdOf(hardUsd) };
  if (softUsd === null && hardUsd === null) {
    await tx.delete(budgets).where(own);
  } else {
    await tx
      .insert(budgets)
      .values({ tenantId, subject, period, ...limits })
      .onConflictDoUpdate({ target: [budgets.tenantId, budgets.subject, budgets.period], set: limits });
  }
  const detail = { period, before: was, after: { softUsd, hardUsd } };
  await tx
    .insert(auditLog)
    .values({ id: newId("aud"), tenantId, userId, action: "budget.set", target: subject, detail });
  return was;
}

function microUsdOf(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1_000_000);
}

function usdOf(microUsd: number | null): number | null {
  return microUsd === null ? null : microUsd / 1_000_000;
}
