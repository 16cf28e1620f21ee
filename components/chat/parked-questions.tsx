"use client";

import { Button } from "@/components/ui/button";
import { useChat } from "./chat-context";
import { useStore } from "./store";

/** Questions asked while an answer runs: they are sent together when it ends. */
export function ParkedQuestions() {
  const { session } = useChat();
  const parked = useStore(session.parked);
  if (parked.length === 0) return null;
  return (
    <div className="mb-2 flex items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-2.5 text-ink-muted text-xs">
      <span className="min-w-0 flex-1 truncate">Sent when this answer ends: {parked.join(" / ")}</span>
      <Button variant="ghost" size="sm" onClick={() => session.unpark()}>
        Edit
      </Button>
    </div>
  );
}
