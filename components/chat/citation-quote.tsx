import type { Citation } from "@/contract/knowledge";
import { plainLines, withoutMarks } from "./plain-text";

export function CitationQuote({ citation: { title, heading, quote } }: { citation: Citation }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="truncate font-semibold text-sm">{title}</p>
      {heading ? <p className="truncate text-ink-faint text-xs">{withoutMarks(heading)}</p> : null}
      <blockquote className="line-clamp-6 whitespace-pre-line border-accent border-l-2 pl-2 text-sm leading-5">
        {plainLines(quote)}
      </blockquote>
    </div>
  );
}
