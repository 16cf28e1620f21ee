"use client";

import Link from "next/link";
import type { Passage } from "@/contract/knowledge";
import { useChat } from "./chat-context";
import { plainExcerpt, withoutMarks } from "./plain-text";

/** The passages that a tool gave to the model, under the numbers that the answer cites. */
export function PassageList({ passages }: { passages: readonly Passage[] }) {
  const { citationHref, onOpenCitation } = useChat();
  return (
    <ol className="flex flex-col gap-1.5">
      {passages.map((passage) => (
        <li key={passage.n} className="flex gap-2">
          <span className="w-5 shrink-0 text-right text-ink-faint tabular-nums">{passage.n}</span>
          <div className="min-w-0">
            <Link
              href={citationHref({ ...passage, quote: passage.text })}
              scroll={false}
              prefetch={false}
              onClick={onOpenCitation}
              className="block truncate text-ink hover:underline"
            >
              {passage.title}
              {passage.heading ? <span className="text-ink-faint"> › {withoutMarks(passage.heading)}</span> : null}
            </Link>
            <p className="line-clamp-2 text-ink-faint">{plainExcerpt(passage.text)}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
