import type { Metadata } from "next";
import { describeModel } from "@/lib/copilots/registry";
import { requireMember } from "@/lib/gateway/session";
import { InvoicesWorkspace } from "./invoices-workspace";
import { booksOf } from "./queries";

export const metadata: Metadata = { title: "Invoices" };

interface InvoicesPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ batch?: string | string[] }>;
}

export default async function InvoicesPage({ params, searchParams }: InvoicesPageProps) {
  const identity = await requireMember((await params).tenant);
  const { batch } = await searchParams;
  const [model, books] = await Promise.all([
    describeModel(identity.tenantId, "invoices"),
    booksOf(identity, typeof batch === "string" ? batch : null),
  ]);
  const { tenantSlug, tenantName, userId } = identity;
  return <InvoicesWorkspace tenant={tenantSlug} tenantName={tenantName} userId={userId} model={model} first={books} />;
}
