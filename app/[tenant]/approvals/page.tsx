import type { Metadata } from "next";
import { requireMember } from "@/lib/gateway/session";
import { ApprovalInbox } from "./approval-inbox";
import { inboxOf } from "./queries";

export const metadata: Metadata = { title: "Approvals" };

interface ApprovalsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ show?: string | string[] }>;
}

export default async function ApprovalsPage({ params, searchParams }: ApprovalsPageProps) {
  const identity = await requireMember((await params).tenant);
  const open = (await searchParams).show !== "closed";
  return (
    <ApprovalInbox
      key={open ? "open" : "closed"}
      tenant={identity.tenantSlug}
      open={open}
      first={await inboxOf(identity, open)}
    />
  );
}
