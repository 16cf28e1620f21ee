"use client";

import { type ComponentProps, useMemo } from "react";
import { Block, defaultRemarkPlugins, parseMarkdownIntoBlocks, type StreamdownProps } from "streamdown";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { AnswerCode } from "./answer-code";
import { AnswerLink } from "./answer-link";
import { CitationChip } from "./citation-chip";
import { remarkCitations } from "./remark-citations";
import { remarkHtmlAsText } from "./remark-html-as-text";

// No raw HTML, no formulas (a price list is full of dollar signs), no diagrams, no highlighter, and nothing is fetched: an image in an
// answer could tell its host that it was read.
const remarkPlugins = [defaultRemarkPlugins.gfm, remarkHtmlAsText, remarkCitations].filter(
  (plugin) => plugin !== undefined,
);
const rehypePlugins: NonNullable<StreamdownProps["rehypePlugins"]> = [];

const components: StreamdownProps["components"] = {
  a: AnswerLink,
  img: ({ alt }: ComponentProps<"img">) => <span className="text-ink-muted">[image{alt ? `: ${alt}` : ""}]</span>,
  pre: AnswerCode,
  code: ({ children }: ComponentProps<"code">) => (
    <code className="rounded-sm bg-sunken px-1 py-px font-mono text-[0.9em]">{children}</code>
  ),
  cite: (props: ComponentProps<"cite"> & { "data-n"?: number | string }) => (
    <CitationChip n={Number(props["data-n"])} />
  ),
  table: ({ children }: ComponentProps<"table">) => (
    <ScrollRegion label="Table" className="my-3 rounded-md border border-line">
      <table className="w-full border-collapse text-sm tabular-nums">{children}</table>
    </ScrollRegion>
  ),
  thead: "thead",
  tbody: "tbody",
  tr: "tr",
  th: ({ children }: ComponentProps<"th">) => (
    <th className="border-line border-b bg-sunken px-2 py-1 text-left font-semibold">{children}</th>
  ),
  td: ({ children }: ComponentProps<"td">) => <td className="border-line border-t px-2 py-1 align-top">{children}</td>,
  h1: ({ children }: ComponentProps<"h1">) => <h3 className="mt-4 mb-1 font-semibold text-base">{children}</h3>,
  h2: ({ children }: ComponentProps<"h2">) => <h3 className="mt-4 mb-1 font-semibold text-base">{children}</h3>,
  h3: ({ children }: ComponentProps<"h3">) => <h4 className="mt-3 mb-1 font-semibold">{children}</h4>,
  h4: ({ children }: ComponentProps<"h4">) => <h5 className="mt-3 mb-1 font-semibold">{children}</h5>,
  h5: ({ children }: ComponentProps<"h5">) => <h6 className="mt-3 mb-1 font-semibold">{children}</h6>,
  h6: ({ children }: ComponentProps<"h6">) => <h6 className="mt-3 mb-1 font-semibold">{children}</h6>,
  p: ({ children }: ComponentProps<"p">) => <p className="my-2">{children}</p>,
  ul: ({ children }: ComponentProps<"ul">) => <ul className="my-2 list-disc pl-5">{children}</ul>,
  ol: ({ children, start }: ComponentProps<"ol">) => (
    <ol start={start} className="my-2 list-decimal pl-5">
      {children}
    </ol>
  ),
  li: ({ children }: ComponentProps<"li">) => <li className="my-0.5 pl-0.5 [&>p]:my-0">{children}</li>,
  blockquote: ({ children }: ComponentProps<"blockquote">) => (
    <blockquote className="my-2 border-line-strong border-l-2 pl-3 text-ink-muted">{children}</blockquote>
  ),
  hr: () => <hr className="my-4 border-line" />,
  strong: ({ children }: ComponentProps<"strong">) => <strong className="font-semibold">{children}</strong>,
};

interface AnswerMarkdownProps {
  text: string;
  streaming: boolean;
}

/**
 * An answer as it streams: unfinished Markdown is closed for display, finished blocks are not rendered again. The blocks are drawn here
 * because the library's own list draws nothing at first and fills itself in later: a row would be measured empty and grow under the reader.
 */
export function AnswerMarkdown({ text, streaming }: AnswerMarkdownProps) {
  const blocks = useMemo(() => parseMarkdownIntoBlocks(text), [text]);
  return (
    <div className="whitespace-normal break-words text-sm leading-6 [&>*:first-child]:mt-0 [&>*:last-child]:mb-0">
      {blocks.map((content, index) => (
        <Block
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only appended, and the last one grows.
          key={index}
          content={content}
          index={index}
          shouldParseIncompleteMarkdown={streaming && index === blocks.length - 1}
          remarkPlugins={remarkPlugins}
          rehypePlugins={rehypePlugins}
          components={components}
        />
      ))}
    </div>
  );
}
