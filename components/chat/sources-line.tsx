"use client";

import { FileText } from "lucide-react";
import Link from "next/link";
import type { Citation } from "@/contract/knowledge";
import { useChat } from "./chat-context";
import { useStore } from "./store";

/** The documents that an answer cites, each once, with the numbers that point to it. */
function byDocument(citations: readonly Citation[]): { first: Citation; numbers: number[] }[] {
  const groups = new Map<string, { first: Citation; numbers: number[] }>();
  for (const citation of citations) {
    const group = groups.get(citation.documentId);
    if (group) group.numbers.push(citation.n);
    else groups.set(citation.documentId, { first: citation, numbers: [citation.n] });
  }
  for (const { numbers } of groups.values()) numbers.sort((a, b) => a - b);
  return [...groups.values()];
}

export function SourcesLine({ messageId }: { messageId: string }) {
  const { session, citationHref, onOpenCitation } = useChat();
  const activity = useStore(session.citations, (all) => all.get(messageId));
  if (!activity || activity.citations.length === 0) return null;
  return (
    <ul aria-label="Sources" className="mt-2 flex flex-wrap gap-1.5">
      {byDocument(activity.citations).map(({ first, numbers }) => (
        <li key={first.documentId} className="min-w-0">
          <Link
            href={citationHref(first)}
            scroll={false}
            prefetch={false}
            onClick={onOpenCitation}
            className="flex h-7 min-w-0 items-center gap-1.5 rounded-md border border-line bg-raised px-2 text-ink-muted text-xs hover:border-line-strong hover:text-ink"
          >
            <FileText aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            <span className="truncate">{first.title}</span>
            <span className="shrink-0 text-ink-faint tabular-nums">{numbers.join(", ")}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
