"use client";

import { Ellipsis, FileText, RefreshCw, Trash2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatBytes } from "@/components/ui/format-bytes";
import { RelativeTime } from "@/components/ui/relative-time";
import { countPassages } from "./count-passages";
import type { DocumentSummary } from "./document-summary";

interface DocumentRowProps {
  document: DocumentSummary;
  href: string;
  onReplace(): void;
  onDelete(): void;
}

export function DocumentRow({ document, href, onReplace, onDelete }: DocumentRowProps) {
  const { title, filename, bytes, version, chunks, updatedAt, editable } = document;
  return (
    <li
      className={cn(
        "group flex min-h-9 items-center gap-3 border-line border-b pr-2 pl-4 hover:bg-canvas has-[a:focus-visible]:bg-canvas",
        // Without the button at its end a phone's row ends where the page's other lines do.
        !editable && "max-sm:pr-4",
      )}
    >
      <FileText aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <Link
        href={href}
        scroll={false}
        // A list of documents is no reason to read each: that would be a request a row, and again with each new conversation.
        prefetch={false}
        className="flex min-w-0 flex-1 items-baseline gap-2 self-stretch py-2"
        title={filename}
      >
        <span className="truncate">{title}</span>
      </Link>
      <span className="hidden w-8 shrink-0 text-right text-ink-faint text-xs tabular-nums sm:block">v{version}</span>
      <span className="hidden w-24 shrink-0 text-right text-ink-faint text-xs tabular-nums sm:block">
        {countPassages(chunks)}
      </span>
      <span className="hidden w-16 shrink-0 text-right text-ink-faint text-xs tabular-nums xl:block">
        {formatBytes(bytes)}
      </span>
      <RelativeTime at={updatedAt} className="w-20 shrink-0 text-right text-ink-faint text-xs tabular-nums" />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Actions for ${title}`}
            className={editable ? undefined : "invisible max-sm:hidden"}
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={onReplace}>
            <RefreshCw aria-hidden /> Replace with a new version…
          </DropdownMenuItem>
          <DropdownMenuItem danger onSelect={onDelete}>
            <Trash2 aria-hidden /> Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </li>
  );
}
