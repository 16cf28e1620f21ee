"use client";

import { Check, Copy } from "lucide-react";
import { type ComponentProps, useRef, useState } from "react";
import { ScrollRegion } from "@/components/ui/scroll-region";

/** A code block without highlighting: the highlighter would block the page for a quarter of a second on first use. */
export function AnswerCode({ children }: ComponentProps<"pre">) {
  const block = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(block.current?.textContent ?? "");
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <div className="relative my-3">
      <ScrollRegion label="Code" className="rounded-md border border-line bg-sunken p-3 pr-10">
        <pre ref={block} className="font-mono text-xs leading-5 [&>code]:bg-transparent [&>code]:p-0 [&>code]:text-xs">
          {children}
        </pre>
      </ScrollRegion>
      <button
        type="button"
        onClick={copy}
        aria-label={copied ? "Code copied" : "Copy code"}
        className="absolute top-1.5 right-1.5 rounded-sm p-1.5 text-ink-faint hover:bg-raised hover:text-ink"
      >
        {copied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
      </button>
    </div>
  );
}
