import { NavLinks } from "./nav-links";
import { PaletteButton } from "./palette-button";
import type { ShellMember } from "./shell-frame";
import { TenantSwitcher } from "./tenant-switcher";
import { UserMenu } from "./user-menu";

interface BottomBarProps {
  member: ShellMember;
  signOut(): Promise<void>;
}

/** The rail of a phone. */
export function BottomBar({ member, signOut }: BottomBarProps) {
  return (
    <nav
      aria-label="Main"
      className="flex h-14 shrink-0 items-center justify-around border-line border-t bg-canvas px-2 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <TenantSwitcher member={member} side="top" />
      <NavLinks slug={member.tenant.slug} className="h-12 min-w-0 flex-1" />
      <PaletteButton />
      <UserMenu member={member} signOut={signOut} side="top" />
    </nav>
  );
}
