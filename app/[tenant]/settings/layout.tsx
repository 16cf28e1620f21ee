import type { ReactNode } from "react";
import { requireMember } from "@/lib/gateway/session";
import { SettingsTabs } from "./settings-tabs";

interface SettingsLayoutProps {
  children: ReactNode;
  params: Promise<{ tenant: string }>;
}

export default async function SettingsLayout({ children, params }: SettingsLayoutProps) {
  const { tenantSlug, tenantName } = await requireMember((await params).tenant);
  return (
    <main className="flex h-full min-w-0 flex-col bg-surface">
      <header className="flex h-12 shrink-0 items-center gap-4 border-line border-b px-4">
        <h1 className="mr-auto min-w-0 truncate font-semibold text-sm">
          Settings <span className="font-normal text-ink-muted max-sm:sr-only">of {tenantName}</span>
        </h1>
        <SettingsTabs tenant={tenantSlug} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-[920px] flex-col gap-10 px-4 py-6 md:px-8">{children}</div>
      </div>
    </main>
  );
}
