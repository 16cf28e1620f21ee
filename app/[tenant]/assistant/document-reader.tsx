import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { DocumentMarkdown } from "./document-markdown";
import { DocumentNotice } from "./document-notice";
import { DocumentPartNav } from "./document-part-nav";
import { MarkedText } from "./marked-text";
import { OpenChatButton } from "./open-chat-button";
import type { OpenDocument } from "./queries";
import { ScrollToPassage } from "./scroll-to-passage";

interface DocumentReaderProps {
  open: OpenDocument;
  backHref: string;
  /** Where another part of a long document is. */
  partHref(number: number): string;
}

/** One document to read, with the cited passage marked and in view. */
export function DocumentReader({ open, backHref, partHref }: DocumentReaderProps) {
  const { document, part, text, tree, range, notice } = open;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-2 pr-4">
        <Button variant="ghost" size="icon" asChild>
          <Link href={backHref} aria-label="Back to all documents" scroll={false}>
            <ArrowLeft aria-hidden />
          </Link>
        </Button>
        <h1 className="min-w-0 flex-1 truncate font-semibold text-sm" title={document.filename}>
          {document.title}
        </h1>
        <Badge className="tabular-nums">v{document.version}</Badge>
        <RelativeTime at={document.updatedAt} className="hidden text-ink-faint text-xs sm:block" />
        <OpenChatButton />
      </header>
      {notice ? <DocumentNotice notice={notice} version={document.version} /> : null}
      <ScrollRegion label={document.title} className="min-h-0 flex-1">
        <article className="mx-auto max-w-[68ch] break-words px-5 py-8 text-base leading-7">
          {tree ? (
            <DocumentMarkdown tree={tree} range={range} />
          ) : (
            <div className="whitespace-pre-wrap">
              <MarkedText text={text} start={0} end={text.length} range={range} />
            </div>
          )}
        </article>
        <DocumentPartNav part={part} href={partHref} />
      </ScrollRegion>
      {range ? <ScrollToPassage passage={`${document.id} ${part.number} ${range.from} ${range.to}`} /> : null}
    </div>
  );
}
