"use client";

import { CopilotChatMessageView } from "@copilotkit/react-core/v2";
import type { ComponentProps } from "react";
import { AssistantMessage } from "./assistant-message";
import { BudgetLine } from "./budget-line";
import { useChat } from "./chat-context";
import { ReasoningMessage } from "./reasoning-message";
import { RecoveryLine } from "./recovery-line";
import { RunNoticeLine } from "./run-notice-line";
import { UserMessage } from "./user-message";
import { WorkingLine } from "./working-line";

type MessageListProps = Pick<ComponentProps<typeof CopilotChatMessageView>, "messages" | "isRunning">;

/** The conversation: the stock list, which draws only what is in view once it is long, with our rows. */
export function MessageList({ messages = [], isRunning = false }: MessageListProps) {
  const { emptyState, decision } = useChat();
  if (messages.length === 0 && !isRunning) {
    return (
      <>
        {emptyState}
        <RecoveryLine />
        <RunNoticeLine />
      </>
    );
  }
  return (
    <>
      <CopilotChatMessageView
        messages={messages}
        isRunning={isRunning}
        // The slots are typed as the stock components with all their parts; any component that takes the same props works.
        assistantMessage={AssistantMessage as never}
        userMessage={UserMessage as never}
        reasoningMessage={ReasoningMessage as never}
        cursor={WorkingLine as never}
      />
      {decision}
      <BudgetLine />
      <RecoveryLine />
      <RunNoticeLine />
    </>
  );
}
