"use client";

import { useState } from "react";
import { Sheet } from "@/components/ui/sheet";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { ThreadList } from "./thread-list";
import type { ThreadSummary, ThreadView } from "./thread-summary";

interface ThreadSheetProps {
  tenant: string;
  tenantName: string;
  userId: string;
  isAdmin: boolean;
  current: string | undefined;
  open: boolean;
  onOpenChange(open: boolean): void;
  onChoose(thread: ThreadSummary): void;
  /** The thread that is shown was deleted. */
  onCurrentGone(): void;
  onRenamed(): void;
}

/** The conversations: one's own, the archived ones, and for an admin everybody's. */
export function ThreadSheet({ open, onOpenChange, isAdmin, tenantName, ...list }: ThreadSheetProps) {
  const [view, setView] = useState<ThreadView>("own");
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Conversations">
      <Tabs
        value={view}
        onValueChange={(value) => setView(value as ThreadView)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList aria-label="Which conversations">
          <TabsTrigger value="own">Yours</TabsTrigger>
          <TabsTrigger value="archived">Archived</TabsTrigger>
          {isAdmin ? <TabsTrigger value="tenant">Everyone at {tenantName}</TabsTrigger> : null}
        </TabsList>
        <TabsContent value={view} className="flex min-h-0 flex-1 flex-col outline-none">
          <ThreadList key={view} view={view} {...list} />
        </TabsContent>
      </Tabs>
    </Sheet>
  );
}
