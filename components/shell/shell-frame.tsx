import type { ReactNode } from "react";
import { BottomBar } from "./bottom-bar";
import { CommandPalette } from "./command-palette";
import { Rail } from "./rail";
import { ShortcutsDialog } from "./shortcuts-dialog";

/** What the frame knows about the signed-in member. */
export interface ShellMember {
  email: string;
  role: "admin" | "member";
  tenant: ShellTenant;
  /** Every tenant the user belongs to, this one included. */
  tenants: ShellTenant[];
}

export interface ShellTenant {
  slug: string;
  name: string;
}

interface ShellFrameProps {
  member: ShellMember;
  signOut(): Promise<void>;
  children: ReactNode;
}

/** The frame of every page of a tenant: a rail at the left, on a phone a bar at the bottom. */
export function ShellFrame({ member, signOut, children }: ShellFrameProps) {
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#page"
        className="sr-only z-[1400] rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Rail member={member} signOut={signOut} />
      <div id="page" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
        {children}
      </div>
      <BottomBar member={member} signOut={signOut} />
      <CommandPalette member={member} signOut={signOut} />
      <ShortcutsDialog />
    </div>
  );
}
