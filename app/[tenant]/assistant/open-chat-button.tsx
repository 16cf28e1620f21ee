"use client";

import { MessageSquareText } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useChatOpen } from "./chat-open-context";

/** Brings the assistant back when it is closed; on a phone it always starts closed. */
export function OpenChatButton() {
  const { open, setOpen } = useChatOpen();
  if (open) return null;
  return (
    <Button data-testid="copilot-chat-toggle" onClick={() => setOpen(true)}>
      <MessageSquareText aria-hidden /> Ask
    </Button>
  );
}
