"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { ChatSkeleton } from "./chat-skeleton";
import type { ChatSurfaceProps } from "./chat-surface";

const ChatSurface = dynamic(() => import("./chat-surface").then((module) => module.ChatSurface), {
  ssr: false,
  loading: () => <ChatSkeleton />,
});

/**
 * The place of the chat beside a page. CopilotKit and the Markdown renderer are many times the size of the page, so they are fetched
 * once the page stands and is idle, and not at all while the chat stays closed.
 */
export function ChatPanel(props: ChatSurfaceProps) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!props.open || wanted) return;
    return whenIdle(() => setWanted(true));
  }, [props.open, wanted]);
  if (wanted) return <ChatSurface {...props} />;
  return props.open ? <ChatSkeleton /> : null;
}

function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 1_000 });
  return () => cancelIdleCallback(handle);
}
