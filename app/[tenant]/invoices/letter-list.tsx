"use client";

import { CircleCheck, CircleSlash, LoaderCircle, type LucideIcon, Mail, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import type { DraftState } from "@/contract/invoices";
import type { Letter } from "@/lib/invoices/list-drafts";

interface LetterListProps {
  letters: readonly Letter[];
  current: string | null;
  onOpen(id: string): void;
}

const looks: Record<DraftState, { label: string; icon: LucideIcon; tone: ComponentProps<typeof Badge>["tone"] }> = {
  ready: { label: "Draft", icon: Mail, tone: "accent" },
  sending: { label: "Sending", icon: LoaderCircle, tone: "accent" },
  sent: { label: "Sent", icon: CircleCheck, tone: "ok" },
  skipped: { label: "Not sent", icon: CircleSlash, tone: "neutral" },
  failed: { label: "Failed", icon: TriangleAlert, tone: "failure" },
};

/** The letters of a batch, one a supplier. */
export function LetterList({ letters, current, onOpen }: LetterListProps) {
  if (letters.length === 0) {
    return (
      <EmptyState icon={Mail} title="No letters yet">
        When a reconciliation finds something to clear up with a supplier, a letter is drafted here. Nothing is sent
        before somebody has approved it.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Letters" className="min-h-0 flex-1 overflow-y-auto">
      {letters.map((letter) => (
        <li key={letter.id}>
          <button
            type="button"
            aria-current={letter.id === current ? "true" : undefined}
            onClick={() => onOpen(letter.id)}
            className={cn(
              "flex min-h-14 w-full flex-col justify-center gap-0.5 border-line border-b px-4 py-1.5 text-left hover:bg-canvas focus-visible:-outline-offset-2",
              letter.id === current && "bg-accent-soft hover:bg-accent-soft",
            )}
          >
            <span className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{letter.supplier}</span>
              <LetterBadge state={letter.state} />
            </span>
            <span className="flex gap-2 text-ink-muted text-xs">
              <span className="min-w-0 flex-1 truncate">{letter.subject}</span>
              {letter.to ? null : <span className="shrink-0 text-attention">no address</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function LetterBadge({ state }: { state: DraftState }) {
  const { label, icon: Icon, tone } = looks[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={state === "sending" ? "animate-spin-slow" : undefined} /> {label}
    </Badge>
  );
}
