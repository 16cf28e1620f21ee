import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMember } from "@/lib/gateway/session";
import { getBatchReport } from "@/lib/orders/batches/batch-report";
import { BatchReportView } from "./batch-report-view";

export const metadata: Metadata = { title: "Batch report" };

interface BatchPageProps {
  params: Promise<{ tenant: string; batch: string }>;
}

export default async function BatchPage({ params }: BatchPageProps) {
  const { tenant, batch } = await params;
  const identity = await requireMember(tenant);
  const report = await getBatchReport(identity, batch);
  if (!report) notFound();
  return <BatchReportView tenant={identity.tenantSlug} first={report} />;
}
