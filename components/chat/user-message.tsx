"use client";

import type { UserMessage as Message } from "@ag-ui/client";
import { CompactedLine } from "./compacted-line";

function textOf(content: Message["content"]): string {
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : `(${part.type})`)).join("\n");
}

export function UserMessage({ message }: { message: Message }) {
  return (
    <>
      <CompactedLine messageId={message.id} />
      <div
        data-testid="copilot-user-message"
        data-message-id={message.id}
        className="flex justify-end pt-4 pb-2 first:pt-0"
      >
        <p className="max-w-[88%] whitespace-pre-wrap break-words rounded-lg bg-sunken px-3 py-2 text-sm leading-5">
          {textOf(message.content)}
        </p>
      </div>
    </>
  );
}
