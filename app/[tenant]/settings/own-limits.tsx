import { BudgetBars } from "@/components/usage/budget-bars";
import { EACH_MEMBER } from "@/contract/usage";
import type { BudgetStatus } from "@/lib/usage/budgets";
import { subjectName } from "./limit-subjects";

interface OwnLimitsProps {
  userId: string;
  limits: readonly BudgetStatus[];
}

/** The limits that bind somebody who cannot change them. */
export function OwnLimits({ userId, limits }: OwnLimitsProps) {
  const binding = limits.filter(
    ({ subject, period }) =>
      subject !== EACH_MEMBER || !limits.some((own) => own.subject === userId && own.period === period),
  );
  const name = (subject: string) => (subject === userId ? "You" : subjectName(subject, () => undefined));
  return (
    <div className="border-line border-t py-4">
      {binding.length > 0 ? (
        <BudgetBars budgets={binding.map((limit) => ({ ...limit, name: name(limit.subject) }))} />
      ) : (
        <p className="text-ink-muted text-sm">Nobody has set a limit.</p>
      )}
    </div>
  );
}
