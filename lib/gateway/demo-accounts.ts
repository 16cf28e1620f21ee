import "server-only";
import { demoPassword, demoTenants, demoUsers } from "@/db/seed/demo";
import { demoEnabled } from "@/lib/env";

/** What the sign-in page offers while the demo is on. */
export interface DemoAccounts {
  accounts: { email: string; name: string; scope: string }[];
  /** One for all of them. */
  password: string;
}

/** The demo's accounts with the workspaces that each opens, or null where the demo is off. */
export function listDemoAccounts(): DemoAccounts | null {
  if (!demoEnabled()) return null;
  const nameOf = (slug: string) => demoTenants.find((tenant) => tenant.slug === slug)?.name ?? slug;
  const accounts = demoUsers.map(({ email, name, memberships }) => ({
    email,
    name,
    scope: memberships.map(({ tenant, role }) => `${nameOf(tenant)}, ${role}`).join("; "),
  }));
  return { accounts, password: demoPassword };
}
