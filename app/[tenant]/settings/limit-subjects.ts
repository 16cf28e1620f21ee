import { EACH_MEMBER, WHOLE_TENANT } from "@/contract/usage";
import type { BudgetStatus } from "@/lib/usage/budgets";

/** Whose limits these are, in words. */
export function subjectName(subject: string, emailOf: (userId: string) => string | undefined): string {
  if (subject === WHOLE_TENANT) return "Everybody together";
  if (subject === EACH_MEMBER) return "Each member";
  return emailOf(subject) ?? "Somebody who left";
}

/** The subjects that have a limit, the two general ones always and first. */
export function subjectsOf(limits: readonly BudgetStatus[]): string[] {
  const own = limits.map(({ subject }) => subject).filter((one) => one !== WHOLE_TENANT && one !== EACH_MEMBER);
  return [WHOLE_TENANT, EACH_MEMBER, ...new Set(own)];
}
