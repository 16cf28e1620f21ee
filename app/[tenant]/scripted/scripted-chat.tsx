"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { ChatPanel } from "@/components/chat/chat-panel";
import { createThread } from "./actions";

const MODEL = { label: "Scripted", offline: false };
const NO_SUGGESTIONS: [] = [];
const NO_RATINGS = new Map();

interface ScriptedChatProps {
  tenant: string;
  userId: string;
  perf: Record<string, number | boolean>;
}

export function ScriptedChat({ tenant, userId, perf }: ScriptedChatProps) {
  const threadId = useSearchParams()?.get("thread") ?? undefined;
  const [open, setOpen] = useState(true);
  const [properties] = useState({ perf });
  const show = (id: string) => {
    const params = new URLSearchParams(window.location.search);
    params.set("thread", id);
    window.history.replaceState(null, "", `?${params}`);
  };
  return (
    <main className="h-full bg-surface p-4 lg:mr-[var(--chat-width)]">
      <h1 className="font-semibold text-sm">Scripted answers</h1>
      <pre className="mt-2 font-mono text-ink-muted text-xs">{JSON.stringify(perf)}</pre>
      <ChatPanel
        agentId="scripted"
        tenantSlug={tenant}
        userId={userId}
        threadId={threadId}
        title="Scripted answers"
        model={MODEL}
        placeholder="Ask anything"
        intro="Answers here are made up, to measure how they arrive."
        suggestions={NO_SUGGESTIONS}
        headerActions={null}
        ratings={NO_RATINGS}
        properties={properties}
        open={open}
        onOpenChange={setOpen}
        createThread={() => createThread(tenant, {})}
        onThreadCreated={show}
        onRunEnded={() => {}}
        onLeave={() => window.location.assign(window.location.pathname)}
        citationHref={() => "#"}
        onOpenCitation={() => {}}
      />
    </main>
  );
}
