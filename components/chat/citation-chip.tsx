"use client";

import Link from "next/link";
import { HoverCard } from "radix-ui";
import { useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { useChat } from "./chat-context";
import { CitationQuote } from "./citation-quote";
import { useMessageId } from "./message-id-context";
import { useStore } from "./store";

const chipClass =
  "mx-px inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border px-1 align-[1px] font-medium text-xs not-italic leading-none tabular-nums no-underline";

/** `[n]` in an answer: the checked quote on hover or focus, a click opens the document at the passage. */
export function CitationChip({ n }: { n: number }) {
  const { session, citationHref, onOpenCitation } = useChat();
  const messageId = useMessageId();
  const activity = useStore(session.citations, (all) => all.get(messageId));
  const [quoted, setQuoted] = useState(false);
  // A chip that was clicked shows no quote until it is come to again: it would open over the document, also after the pointer has left.
  const clicked = useRef(false);
  const arrive = () => {
    clicked.current = false;
  };
  const citation = activity?.citations.find((one) => one.n === n);

  if (citation) {
    return (
      <HoverCard.Root
        open={quoted}
        onOpenChange={(open) => setQuoted(open && !clicked.current)}
        openDelay={120}
        closeDelay={80}
      >
        <HoverCard.Trigger asChild>
          <Link
            href={citationHref(citation)}
            scroll={false}
            prefetch={false}
            onClick={() => {
              clicked.current = true;
              setQuoted(false);
              onOpenCitation();
            }}
            onPointerEnter={arrive}
            onFocus={arrive}
            aria-label={`Source ${n}: ${citation.title}`}
            className={cn(chipClass, "border-transparent bg-accent-soft text-accent hover:border-accent")}
          >
            {n}
          </Link>
        </HoverCard.Trigger>
        <HoverCard.Portal>
          <HoverCard.Content
            // Read out when the keyboard focus opens it.
            role="status"
            side="top"
            sideOffset={6}
            collisionPadding={8}
            className="z-[1320] w-80 max-w-[calc(100vw-1rem)] animate-appear rounded-md border border-line bg-raised p-3 text-ink shadow-float"
          >
            <CitationQuote citation={citation} />
          </HoverCard.Content>
        </HoverCard.Portal>
      </HoverCard.Root>
    );
  }
  if (activity?.unverified.includes(n)) {
    return (
      <Tooltip side="top" label="Not verified: no stored passage supports this number.">
        <button
          type="button"
          aria-label={`Source ${n}, not verified`}
          className={cn(chipClass, "border-attention border-dashed bg-attention-soft text-attention")}
        >
          {n}?
        </button>
      </Tooltip>
    );
  }
  return <span className={cn(chipClass, "border-line text-ink-faint")}>{n}</span>;
}
