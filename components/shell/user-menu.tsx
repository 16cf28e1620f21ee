"use client";

import { ChartColumn, Keyboard, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { themeFrom } from "@/components/ui/theme";
import { paths } from "@/lib/paths";
import { Monogram } from "./monogram";
import type { ShellMember } from "./shell-frame";
import { openShell } from "./shell-signal";
import { useTheme } from "./use-theme";

interface UserMenuProps {
  member: ShellMember;
  signOut(): Promise<void>;
  side: "right" | "top";
}

export function UserMenu({ member, signOut, side }: UserMenuProps) {
  const [theme, setTheme] = useTheme();
  const router = useRouter();
  const [leaving, startLeaving] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="size-11 p-0">
          <span className="sr-only">Account {member.email}</span>
          <Monogram name={member.email} round />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent side={side} align="end">
        <DropdownMenuLabel className="truncate">{member.email}</DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={(value) => setTheme(themeFrom(value))}>
          <DropdownMenuRadioItem value="system">
            <Monitor aria-hidden /> System
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="light">
            <Sun aria-hidden /> Light
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <Moon aria-hidden /> Dark
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => router.push(paths.settings(member.tenant.slug))}>
          <Settings aria-hidden /> Settings
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => router.push(paths.usage(member.tenant.slug))}>
          <ChartColumn aria-hidden /> Usage and cost
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => openShell("shortcuts")}>
          <Keyboard aria-hidden /> Keyboard shortcuts
        </DropdownMenuItem>
        <DropdownMenuItem disabled={leaving} onSelect={() => startLeaving(signOut)}>
          <LogOut aria-hidden /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
