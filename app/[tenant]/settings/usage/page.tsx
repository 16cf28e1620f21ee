import { Download } from "lucide-react";
import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { BudgetBars } from "@/components/usage/budget-bars";
import { requireMember } from "@/lib/gateway/session";
import { paths } from "@/lib/paths";
import { PeriodPicker } from "./period-picker";
import { type UsageQuery, usageOfPage } from "./queries";
import { UsageReport } from "./usage-report";

export const metadata: Metadata = { title: "Usage and cost" };

interface UsagePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<UsageQuery>;
}

export default async function UsagePage({ params, searchParams }: UsagePageProps) {
  const identity = await requireMember((await params).tenant);
  const page = await usageOfPage(identity, await searchParams);
  const { tenantSlug: tenant, tenantName, role } = identity;
  const { firstDay: from, lastDay: to } = page.range;
  return (
    <>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <PeriodPicker tenant={tenant} from={from} to={to} today={page.today} show={page.show} problem={page.problem} />
        <Button asChild className="ml-auto">
          <a href={paths.usageExport(tenant, { from, to })} download>
            <Download aria-hidden /> Download CSV
          </a>
        </Button>
      </div>
      <p className="-mt-6 text-ink-muted text-sm">
        {role === "admin" ? `Everybody at ${tenantName}.` : "Your own use. Admins see the whole workspace."} Days are
        UTC.
      </p>
      {page.budgets.length > 0 ? (
        <section aria-labelledby="budgets" className="flex flex-col gap-3">
          <h2 id="budgets" className="font-semibold text-base">
            Limits now
          </h2>
          <BudgetBars budgets={page.budgets} />
        </section>
      ) : null}
      <UsageReport tenant={tenant} page={page} />
    </>
  );
}
