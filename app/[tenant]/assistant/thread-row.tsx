"use client";

import { Archive, ArchiveRestore, Download, Ellipsis, FileJson, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { RelativeTime } from "@/components/ui/relative-time";
import { paths } from "@/lib/paths";
import { RenameThreadForm } from "./rename-thread-form";
import { type ThreadSummary, titleOf } from "./thread-summary";
import type { ThreadActions } from "./use-thread-actions";

interface ThreadRowProps {
  tenant: string;
  thread: ThreadSummary;
  current: boolean;
  onChoose(): void;
  actions: ThreadActions;
}

export function ThreadRow({ tenant, thread, current, onChoose, actions }: ThreadRowProps) {
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    return (
      <li className="border-line border-b px-3 py-1.5">
        <RenameThreadForm
          title={thread.title}
          onSubmit={(title) => {
            setRenaming(false);
            void actions.rename(thread, title);
          }}
          onCancel={() => setRenaming(false)}
        />
      </li>
    );
  }
  return (
    <li
      className={cn(
        "flex min-h-11 items-center gap-2 border-line border-b pr-2 hover:bg-canvas",
        current && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <button
        type="button"
        onClick={onChoose}
        aria-current={current || undefined}
        className="flex min-w-0 flex-1 items-center gap-2 self-stretch pl-4 text-left focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1 truncate" title={titleOf(thread)}>
          {titleOf(thread)}
        </span>
        {thread.own ? null : <Badge>read only</Badge>}
        <RelativeTime at={thread.updatedAt} className="shrink-0 text-ink-muted text-xs tabular-nums" />
      </button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${titleOf(thread)}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {thread.own ? (
            <>
              <DropdownMenuItem onSelect={() => setRenaming(true)}>
                <Pencil aria-hidden /> Rename
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={() => void actions.archive(thread)}>
                {thread.archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
                {thread.archived ? "Take out of the archive" : "Archive"}
              </DropdownMenuItem>
            </>
          ) : null}
          <DropdownMenuItem asChild>
            <a href={paths.threadExport(tenant, thread.id, "markdown")} download>
              <Download aria-hidden /> Export as Markdown
            </a>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <a href={paths.threadExport(tenant, thread.id, "json")} download>
              <FileJson aria-hidden /> Export as JSON
            </a>
          </DropdownMenuItem>
          {thread.own ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem danger onSelect={() => void actions.remove(thread)}>
                <Trash2 aria-hidden /> Delete
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
    </li>
  );
}
