"use client";

import { CopilotSidebar, useCopilotKit } from "@copilotkit/react-core/v2";
import { useEffect, useMemo, useRef, useState } from "react";
import { useThreadChanges } from "@/components/sync/use-thread-changes";
import { ChatAgent } from "./chat-agent";
import { ChatContextProvider, type ChatContextValue } from "./chat-context";
import { ChatHeader } from "./chat-header";
import { ChatSession } from "./chat-session";
import type { ChatSurfaceProps } from "./chat-surface";
import { ChatWelcome } from "./chat-welcome";
import { Composer } from "./composer";
import { LatestButton } from "./latest-button";
import { MessageList } from "./message-list";
import { useFollowOnReturn } from "./use-follow-on-return";

const CHAT_WIDTH_PX = 420;
// At once and not in a glide: on the way down a glide brings rows into view that are measured then, which moves its end further down.
const scrollView = { scrollToBottomButton: LatestButton, initial: "instant", resize: "instant" };
const NoToggle = () => null;

interface ChatSidebarProps extends ChatSurfaceProps {
  agent: ChatAgent;
  chosenModel: string | undefined;
  onChooseModel(id: string): void;
}

/** CopilotKit's sidebar with our slots. The slots are module-level, so that a keystroke does not give React new component types. */
export function ChatSidebar({ agent, ...props }: ChatSidebarProps) {
  const { agentId, tenantSlug, userId, threadId, open, onOpenChange } = props;
  const { copilotkit } = useCopilotKit();
  const callbacks = useRef(props);
  useEffect(() => {
    callbacks.current = props;
  });

  const [session] = useState(
    () =>
      new ChatSession({
        agent,
        core: copilotkit,
        draftScope: `${userId}:${tenantSlug}:${agentId}`,
        createThread: () => callbacks.current.createThread(),
        onThreadCreated: (id) => callbacks.current.onThreadCreated(id),
        onRunEnded: () => callbacks.current.onRunEnded(),
      }),
  );
  useEffect(() => session.attach(), [session]);
  useEffect(() => session.show(threadId), [session, threadId]);
  useFollowOnReturn(session);
  useThreadChanges(tenantSlug, userId, (heard) => session.hear(heard));

  const {
    title,
    model,
    chosenModel,
    placeholder,
    intro,
    suggestions,
    transcript,
    headerActions,
    ratings,
    decision,
    scenarios,
    pageContext,
  } = props;
  const pageContextLabel = pageContext?.label;
  const value = useMemo<ChatContextValue>(
    () => ({
      session,
      title,
      model,
      chosenModel,
      chooseModel: (id) => callbacks.current.onChooseModel(id),
      placeholder,
      pageContextLabel,
      readOnly: transcript?.reason,
      decision,
      emptyState: <ChatWelcome suggestions={suggestions}>{intro}</ChatWelcome>,
      headerActions,
      scenarios,
      ratings,
      citationHref: (citation) => callbacks.current.citationHref(citation),
      onOpenCitation: () => callbacks.current.onOpenCitation(),
      rateAnswer:
        callbacks.current.rateAnswer &&
        (async (id, rating) => (await callbacks.current.rateAnswer?.(id, rating)) ?? false),
      drawQuestion: (approvalId) => callbacks.current.drawQuestion?.(approvalId),
      leave: () => callbacks.current.onLeave(),
      close: () => callbacks.current.onOpenChange(false),
    }),
    [
      session,
      title,
      model,
      chosenModel,
      placeholder,
      pageContextLabel,
      transcript,
      suggestions,
      intro,
      headerActions,
      ratings,
      decision,
      scenarios,
    ],
  );

  return (
    <ChatContextProvider value={value}>
      <CopilotSidebar
        agentId={ChatAgent.idFor(agentId)}
        threadId={threadId}
        open={open}
        onOpenChange={onOpenChange}
        width={CHAT_WIDTH_PX}
        header={ChatHeader as never}
        toggleButton={NoToggle as never}
        input={Composer as never}
        messageView={MessageList as never}
        scrollView={scrollView as never}
        welcomeScreen={false}
      />
    </ChatContextProvider>
  );
}
