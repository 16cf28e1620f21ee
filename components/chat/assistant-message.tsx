"use client";

import type { Message as AnyMessage, AssistantMessage as Message } from "@ag-ui/client";
import { CopilotChatToolCallsView } from "@copilotkit/react-core/v2";
import { AnswerMarkdown } from "./answer-markdown";
import { useChat } from "./chat-context";
import { CopyButton } from "./copy-button";
import { MessageIdProvider } from "./message-id-context";
import { RatingButtons } from "./rating-buttons";
import { SourcesLine } from "./sources-line";
import { useStore } from "./store";

interface AssistantMessageProps {
  message: Message;
  messages?: AnyMessage[];
}

/** An answer, or the tools that led to it. Slot of the stock message list, which re-renders a row only when the row changed. */
export function AssistantMessage({ message, messages = [] }: AssistantMessageProps) {
  const { session } = useChat();
  const text = message.content ?? "";
  // Not from the props: the list leaves a row alone when another message follows it, and it would seem to stream for ever.
  const streaming = useStore(session.streamingId, (id) => id === message.id);
  if (!text.trim() && !message.toolCalls?.length) return null;
  return (
    <div data-testid="copilot-assistant-message" data-message-id={message.id} className="py-1.5">
      <CopilotChatToolCallsView message={message} messages={messages} />
      {text.trim() ? (
        <MessageIdProvider value={message.id}>
          <AnswerMarkdown text={text} streaming={streaming} />
          <SourcesLine messageId={message.id} />
          <div className="-ml-1.5 mt-1 flex h-7 items-center">
            {streaming ? null : (
              <>
                <CopyButton text={text} label="Copy answer" testId="copilot-copy-button" />
                <RatingButtons messageId={message.id} />
              </>
            )}
          </div>
        </MessageIdProvider>
      ) : null}
    </div>
  );
}
