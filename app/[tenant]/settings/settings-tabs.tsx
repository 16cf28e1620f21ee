"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { paths } from "@/lib/paths";

export function SettingsTabs({ tenant }: { tenant: string }) {
  const pathname = usePathname();
  const tabs = [
    { label: "Limits and rules", href: paths.settings(tenant) },
    { label: "Usage and cost", href: paths.usage(tenant) },
  ];
  return (
    <nav aria-label="Settings" className="flex gap-4 text-sm">
      {tabs.map(({ label, href }) => (
        <Link
          key={href}
          href={href}
          aria-current={pathname === href ? "page" : undefined}
          className={pathname === href ? "font-medium text-ink" : "text-ink-muted hover:text-ink"}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
