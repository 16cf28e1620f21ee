"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { ShellMember } from "./shell-frame";
import { onOpenShell } from "./shell-signal";
import { useShortcut } from "./use-shortcut";

const PaletteDialog = dynamic(() => import("./palette-dialog").then((module) => module.PaletteDialog), { ssr: false });

interface CommandPaletteProps {
  member: ShellMember;
  signOut(): Promise<void>;
}

/** Ctrl-K or Cmd-K from anywhere. */
export function CommandPalette({ member, signOut }: CommandPaletteProps) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useShortcut({ key: "k", withControl: true }, () => setOpen((was) => !was));
  useEffect(() => onOpenShell("palette", () => setOpen(true)), []);
  useEffect(() => {
    if (open) setWanted(true);
  }, [open]);
  return wanted ? <PaletteDialog open={open} onOpenChange={setOpen} member={member} signOut={signOut} /> : null;
}
