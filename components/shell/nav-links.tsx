"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { shellPages } from "./pages";

interface NavLinksProps {
  slug: string;
  /** The size of each link. */
  className?: string;
}

export function NavLinks({ slug, className }: NavLinksProps) {
  const pathname = usePathname();
  return shellPages.map(({ label, icon: Icon, href, railOnly }) => {
    const current = pathname?.startsWith(href(slug));
    return (
      <Link
        key={label}
        href={href(slug)}
        aria-current={current ? "page" : undefined}
        className={cn(
          "flex flex-col items-center justify-center gap-0.5 rounded-md text-xs transition-colors",
          current ? "bg-accent-soft text-accent" : "text-ink-muted hover:bg-sunken hover:text-ink",
          className,
          railOnly && "max-md:hidden",
        )}
      >
        <Icon aria-hidden className="size-[18px]" />
        {label}
      </Link>
    );
  });
}
