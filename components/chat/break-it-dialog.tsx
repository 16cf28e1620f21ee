"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { type OfferedScenario, useChat } from "./chat-context";
import { useStore } from "./store";

const QUESTION = "What is the return window?";

interface BreakItDialogProps {
  scenarios: readonly OfferedScenario[];
  open: boolean;
  onOpenChange(open: boolean): void;
}

/** Failures to try out: each asks one question whose answer fails in that way, and only that answer. */
export function BreakItDialog({ scenarios, open, onOpenChange }: BreakItDialogProps) {
  const { session } = useChat();
  const running = useStore(session.streamingId) !== undefined;
  const play = (name: string) => {
    onOpenChange(false);
    void session.breakNext(name, QUESTION);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Break it"
      description="Each of these asks the question in the box, or a sample, and lets the model fail in that way. Only your own run is affected."
      className="w-[min(calc(100vw-2rem),40rem)]"
    >
      <ul aria-label="Failures" className="-my-1 divide-y divide-line">
        {scenarios.map(({ name, title, expect }) => (
          <li key={name} className="flex items-center gap-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium text-sm">{title}</p>
              <p className="text-ink-muted text-xs">{expect}</p>
              <code className="font-mono text-ink-faint text-xs">{name}</code>
            </div>
            <Button size="sm" disabled={running} aria-label={`Try: ${title}`} onClick={() => play(name)}>
              Try
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
