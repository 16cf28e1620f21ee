import type { Metadata } from "next";
import { describeModel } from "@/lib/copilots/registry";
import { requireMember } from "@/lib/gateway/session";
import { OrdersWorkspace } from "./orders-workspace";
import { openOrderOf, queueOf } from "./queries";

export const metadata: Metadata = { title: "Orders" };

interface OrdersPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ order?: string | string[] }>;
}

export default async function OrdersPage({ params, searchParams }: OrdersPageProps) {
  const identity = await requireMember((await params).tenant);
  const { order } = await searchParams;
  const [model, queue, opened] = await Promise.all([
    describeModel(identity.tenantId, "orders"),
    queueOf(identity),
    typeof order === "string" ? openOrderOf(identity, order) : null,
  ]);
  const { tenantSlug, tenantName, userId } = identity;
  return (
    <OrdersWorkspace
      tenant={tenantSlug}
      tenantName={tenantName}
      userId={userId}
      admin={identity.role === "admin"}
      model={model}
      firstQueue={queue}
      firstOrder={opened}
    />
  );
}
