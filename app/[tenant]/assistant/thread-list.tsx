"use client";

import { Archive, MessagesSquare, Search } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { ThreadRow } from "./thread-row";
import type { ThreadSummary, ThreadView } from "./thread-summary";
import { useThreadActions } from "./use-thread-actions";
import { useThreadList } from "./use-thread-list";

interface ThreadListProps {
  tenant: string;
  userId: string;
  view: ThreadView;
  current: string | undefined;
  onChoose(thread: ThreadSummary): void;
  onCurrentGone(): void;
  onRenamed(): void;
}

const emptyTitle: Record<ThreadView, string> = {
  own: "No conversations yet",
  archived: "Nothing is archived",
  tenant: "Nobody has asked anything yet",
};

export function ThreadList({ tenant, userId, view, current, onChoose, onCurrentGone, onRenamed }: ThreadListProps) {
  const [q, setQ] = useState("");
  const list = useThreadList({ tenant, userId, view, q });
  const actions = useThreadActions({ tenant, list, current, onCurrentGone, onRenamed });
  const loadingFirst = list.pending && list.threads.length === 0;

  return (
    <>
      <div className="relative border-line border-b p-3">
        <Search aria-hidden className="absolute top-5 left-5.5 size-4 text-ink-faint" />
        <Input
          type="search"
          aria-label="Search conversations"
          placeholder="Search titles and text"
          value={q}
          onChange={(event) => setQ(event.target.value)}
          className="pl-8"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={list.pending}>
        {list.failure ? (
          <ErrorState
            title="The conversations could not be loaded"
            action={<Button onClick={list.reload}>Try again</Button>}
          >
            {list.failure}
          </ErrorState>
        ) : loadingFirst ? (
          <ThreadListSkeleton />
        ) : list.threads.length > 0 ? (
          <ul aria-label="Conversations">
            {list.threads.map((thread) => (
              <ThreadRow
                key={thread.id}
                tenant={tenant}
                thread={thread}
                current={thread.id === current}
                onChoose={() => onChoose(thread)}
                actions={actions}
              />
            ))}
          </ul>
        ) : q ? (
          <EmptyState title={`Nothing matches “${q}”`} action={<Button onClick={() => setQ("")}>Show all</Button>} />
        ) : (
          <EmptyState icon={view === "archived" ? Archive : MessagesSquare} title={emptyTitle[view]}>
            {view === "own"
              ? "Each question starts a conversation. It is kept, and you can come back to it here from any device."
              : null}
          </EmptyState>
        )}
        {list.nextCursor ? (
          <div className="p-3">
            <Button disabled={list.pending} onClick={list.loadMore}>
              {list.pending ? "Loading…" : "Show more"}
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

function ThreadListSkeleton() {
  return (
    <div className="flex flex-col">
      {["w-4/5", "w-3/5", "w-2/3", "w-1/2"].map((width) => (
        <div key={width} className="flex h-11 items-center border-line border-b px-4">
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}
