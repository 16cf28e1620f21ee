"use client";

import type { ReasoningMessage as Message } from "@ag-ui/client";
import { Lightbulb } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { useChat } from "./chat-context";
import { DisclosureLine } from "./disclosure-line";
import { useStore } from "./store";

export function ReasoningMessage({ message }: { message: Message }) {
  const { session } = useChat();
  const thinking = useStore(session.streamingId, (id) => id === message.id);
  return (
    <div data-message-id={message.id}>
      <DisclosureLine
        icon={thinking ? <Spinner /> : <Lightbulb aria-hidden />}
        label={thinking ? "Thinking…" : "Thought about it"}
      >
        {message.content ? (
          <p className="whitespace-pre-wrap text-ink-muted leading-5">{message.content}</p>
        ) : undefined}
      </DisclosureLine>
    </div>
  );
}
