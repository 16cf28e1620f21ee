"use client";

import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { onOpenShell } from "./shell-signal";
import { useShortcut } from "./use-shortcut";

const shortcuts: [string[], string][] = [
  [["?"], "Show this list"],
  [["Ctrl", "K"], "Find a page, a document, a conversation or an action"],
  [["/"], "Go to the question box"],
  [["N"], "Start a new conversation"],
  [["T"], "Show your conversations"],
  [["F"], "Search the list"],
  [["U"], "Upload files"],
  [["Enter"], "Send the question"],
  [["Shift", "Enter"], "New line in the question"],
  [["Esc"], "Close what is open, nearest first"],
];

const invoiceShortcuts: [string[], string][] = [
  [["↑", "↓"], "Move in the table; with Shift, choose on the way"],
  [["Enter"], "Open the invoice's evidence"],
  [["Space"], "Choose the invoice, or take it out"],
  [["A"], "Mark as reconciled what is chosen, or else what is open"],
  [["E"], "Edit the match of the open invoice"],
];

export function ShortcutsDialog() {
  const [open, setOpen] = useState(false);
  useShortcut({ key: "?" }, () => setOpen(true));
  useEffect(() => onOpenShell("shortcuts", () => setOpen(true)), []);
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts">
      <ShortcutList shortcuts={shortcuts} />
      <h3 className="mt-4 font-medium text-ink-muted text-xs">In the invoices</h3>
      <ShortcutList shortcuts={invoiceShortcuts} />
    </Dialog>
  );
}

function ShortcutList({ shortcuts }: { shortcuts: [string[], string][] }) {
  return (
    <dl className="flex flex-col">
      {shortcuts.map(([keys, what]) => (
        <div
          key={what}
          className="flex min-h-9 items-center justify-between gap-4 border-line border-b py-1 last:border-b-0"
        >
          <dt className="text-sm">{what}</dt>
          <dd className="flex shrink-0 gap-1">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
