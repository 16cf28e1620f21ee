import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LetterWriterProvider } from "@/components/decisions/letter-writer";
import { ShellFrame } from "@/components/shell/shell-frame";
import { describeModel } from "@/lib/copilots/registry";
import { listMemberships, requireMember } from "@/lib/gateway/session";
import { LETTERS_AGENT } from "@/lib/letters/rewrite-letter";
import { signOut } from "../actions";
import { rewriteLetter } from "./letter-actions";

interface TenantLayoutProps {
  children: ReactNode;
  params: Promise<{ tenant: string }>;
}

export async function generateMetadata({ params }: TenantLayoutProps): Promise<Metadata> {
  const { tenant } = await params;
  // What a stranger's tenant is called is not for the title; the page itself answers that there is none.
  const name = (await listMemberships()).find(({ tenantSlug }) => tenantSlug === tenant)?.tenantName ?? "Not found";
  return { title: { default: name, template: `%s · ${name}` } };
}

/** The frame of everything a member sees. A tenant that is unknown and one that is not the user's answer alike. */
export default async function TenantLayout({ children, params }: TenantLayoutProps) {
  const [identity, memberships] = await Promise.all([requireMember((await params).tenant), listMemberships()]);
  const { label, offline } = await describeModel(identity.tenantId, LETTERS_AGENT);
  const writer = offline ? null : { model: label, rewrite: rewriteLetter.bind(null, identity.tenantSlug) };
  const member = {
    email: identity.email,
    role: identity.role,
    tenant: { slug: identity.tenantSlug, name: identity.tenantName },
    tenants: memberships.map(({ tenantSlug, tenantName }) => ({ slug: tenantSlug, name: tenantName })),
  };
  return (
    <ShellFrame member={member} signOut={signOut}>
      <LetterWriterProvider writer={writer}>{children}</LetterWriterProvider>
    </ShellFrame>
  );
}
