import { type Doors, withRunner } from "@/db/with-tenant";
import { budgetExhausted, limitsOf, type Spender, spentBy, WHOLE_TENANT } from "./ledger";

/**
 * Looks before a run begins whether anything is left to spend, so that a question that could not be answered stays in its box. What a
 * call may come to is reserved when it is made; here nothing is held and no lock taken. Returns whether a soft limit is passed.
 * Throws AppError budget_exhausted.
 */
export async function checkAllowance(
  spender: Spender,
  doors: Pick<Doors, "withRunner"> = { withRunner },
  now: Date = new Date(),
): Promise<{ softPassed: boolean }> {
  return doors.withRunner(spender.tenantId, async (tx) => {
    const limits = await limitsOf(tx, spender);
    if (limits.length === 0) return { softPassed: false };
    const spent = await spentBy(tx, spender, now);
    let softPassed = false;
    for (const { subject, period, softMicroUsd, hardMicroUsd } of limits) {
      const scope = subject === WHOLE_TENANT ? "tenant" : "member";
      const spentMicroUsd = spent[scope][period];
      if (hardMicroUsd !== null && spentMicroUsd >= hardMicroUsd) throw budgetExhausted(scope, period, now);
      softPassed ||= softMicroUsd !== null && spentMicroUsd >= softMicroUsd;
    }
    return { softPassed };
  });
}
