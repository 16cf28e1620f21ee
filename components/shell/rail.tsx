import { NavLinks } from "./nav-links";
import { PaletteButton } from "./palette-button";
import type { ShellMember } from "./shell-frame";
import { TenantSwitcher } from "./tenant-switcher";
import { UserMenu } from "./user-menu";

interface RailProps {
  member: ShellMember;
  signOut(): Promise<void>;
}

export function Rail({ member, signOut }: RailProps) {
  return (
    <nav
      aria-label="Main"
      className="hidden w-[var(--rail-width)] shrink-0 flex-col items-center gap-1 border-line border-r bg-canvas py-2 md:flex"
    >
      <TenantSwitcher member={member} side="right" />
      <div className="my-1 h-px w-8 bg-line" />
      <NavLinks slug={member.tenant.slug} className="size-12" />
      <div className="flex-1" />
      <PaletteButton />
      <UserMenu member={member} signOut={signOut} side="right" />
    </nav>
  );
}
