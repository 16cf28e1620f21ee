import Link from "next/link";
import { redirect } from "next/navigation";
import { Monogram } from "@/components/shell/monogram";
import { EmptyState } from "@/components/ui/empty-state";
import { listMemberships, requireSessionUser } from "@/lib/gateway/session";
import { paths } from "@/lib/paths";
import { SignOutButton } from "./sign-out-button";

/** Sends a user to the workspace, lets one with several choose, and tells one with none. */
export default async function HomePage() {
  const user = await requireSessionUser();
  const memberships = await listMemberships();
  const [only] = memberships;
  if (only && memberships.length === 1) redirect(paths.tenant(only.tenantSlug));
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-[12vh]">
      <div className="flex w-full max-w-[26rem] flex-col gap-4">
        {memberships.length === 0 ? (
          <EmptyState heading="h1" title="You are not a member of any workspace yet" className="px-0 py-0">
            You are signed in as <span className="break-all text-ink">{user.email}</span>. Ask an admin of your team to
            add this address; then reload this page.
          </EmptyState>
        ) : (
          <>
            <h1 className="font-semibold text-base">Choose a workspace</h1>
            <ul className="flex flex-col overflow-hidden rounded-md border border-line bg-raised">
              {memberships.map(({ tenantSlug, tenantName, role }) => (
                <li key={tenantSlug} className="border-line border-t first:border-t-0">
                  <Link
                    href={paths.tenant(tenantSlug)}
                    className="flex items-center gap-3 px-3 py-2.5 hover:bg-sunken focus-visible:-outline-offset-2"
                  >
                    <Monogram name={tenantName} />
                    <span className="min-w-0 flex-1 truncate">{tenantName}</span>
                    <span className="text-ink-faint text-xs">{role}</span>
                  </Link>
                </li>
              ))}
            </ul>
            <p className="truncate text-ink-faint text-xs">Signed in as {user.email}</p>
          </>
        )}
        <SignOutButton />
      </div>
    </main>
  );
}
