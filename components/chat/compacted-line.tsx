"use client";

import { FoldVertical } from "lucide-react";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useChat } from "./chat-context";
import { DisclosureLine } from "./disclosure-line";
import { useStore } from "./store";

/** Stands before the first question that the model still reads word for word; opened, it shows what it reads of all before. */
export function CompactedLine({ messageId }: { messageId: string }) {
  const { session } = useChat();
  const compaction = useStore(session.context.compaction, (one) => (one?.beforeId === messageId ? one : null));
  if (!compaction) return null;
  const { messages, text, by } = compaction;
  return (
    <div data-testid="compacted-line" className="my-3 border-line border-t border-dashed pt-1">
      <DisclosureLine
        icon={<FoldVertical aria-hidden />}
        label="The model reads the messages above in condensed form"
        detail={messages.toLocaleString("en")}
      >
        <p className="text-ink-muted">
          You still see all of them. In their place the model reads this
          {by === "model" ? ", of which it wrote the summary itself" : ""}:
        </p>
        <ScrollRegion label="What the model reads instead" className="mt-2 max-h-80">
          <p className="whitespace-pre-wrap break-words leading-5">{text}</p>
        </ScrollRegion>
      </DisclosureLine>
    </div>
  );
}
