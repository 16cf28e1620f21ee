"use client";

import { Building2, ChartColumn, Keyboard, LogOut, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog, CommandGroup, CommandItem } from "@/components/ui/command";
import { paths } from "@/lib/paths";
import { shellPages } from "./pages";
import { useFoundActions, useOfferedActions } from "./palette-actions";
import type { ShellMember } from "./shell-frame";
import { openShell } from "./shell-signal";
import { useTheme } from "./use-theme";

interface PaletteDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  member: ShellMember;
  signOut(): Promise<void>;
}

/** Loaded when the palette is first opened. */
export function PaletteDialog({ open, onOpenChange, member, signOut }: PaletteDialogProps) {
  const [search, setSearch] = useState("");
  const [, setTheme] = useTheme();
  const router = useRouter();
  const offered = useOfferedActions();
  const found = useFoundActions(open ? search : "");

  const choose = (action: () => void) => () => {
    onOpenChange(false);
    setSearch("");
    action();
  };
  const all = [...offered, ...found];
  const groups = [...new Set(all.map((action) => action.group))];
  const others = member.tenants.filter(({ slug }) => slug !== member.tenant.slug);

  return (
    <CommandDialog
      open={open}
      onOpenChange={onOpenChange}
      label="Find anything"
      placeholder="Find a page, a document, a conversation or an action"
      search={search}
      onSearchChange={setSearch}
    >
      {groups.map((group) => (
        <CommandGroup key={group} heading={group}>
          {all
            .filter((action) => action.group === group)
            .map(({ id, label, icon: Icon, run }) => (
              <CommandItem
                key={id}
                // What the search found matches by its text too, which the palette's own filter does not know.
                value={`${group} ${label} ${id} ${found.some((action) => action.id === id) ? search : ""}`}
                onSelect={choose(run)}
              >
                <Icon aria-hidden />
                <span className="truncate">{label}</span>
              </CommandItem>
            ))}
        </CommandGroup>
      ))}
      <CommandGroup heading="Pages">
        {shellPages.map(({ label, icon: Icon, href }) => (
          <CommandItem key={label} onSelect={choose(() => router.push(href(member.tenant.slug)))}>
            <Icon aria-hidden /> {label}
          </CommandItem>
        ))}
        <CommandItem onSelect={choose(() => router.push(paths.usage(member.tenant.slug)))}>
          <ChartColumn aria-hidden /> Usage and cost
        </CommandItem>
      </CommandGroup>
      {others.length > 0 ? (
        <CommandGroup heading="Workspaces">
          {others.map(({ slug, name }) => (
            <CommandItem
              key={slug}
              value={`Workspace ${name} ${slug}`}
              onSelect={choose(() => router.push(paths.tenant(slug)))}
            >
              <Building2 aria-hidden />
              <span className="truncate">Switch to {name}</span>
            </CommandItem>
          ))}
        </CommandGroup>
      ) : null}
      <CommandGroup heading="Flightdeck">
        <CommandItem onSelect={choose(() => setTheme("light"))}>
          <Sun aria-hidden /> Use the light theme
        </CommandItem>
        <CommandItem onSelect={choose(() => setTheme("dark"))}>
          <Moon aria-hidden /> Use the dark theme
        </CommandItem>
        <CommandItem onSelect={choose(() => openShell("shortcuts"))}>
          <Keyboard aria-hidden /> Keyboard shortcuts
        </CommandItem>
        <CommandItem onSelect={choose(() => void signOut())}>
          <LogOut aria-hidden /> Sign out
        </CommandItem>
      </CommandGroup>
    </CommandDialog>
  );
}
