"use client";

import type { Message } from "@ag-ui/client";
import { CopilotKitProvider } from "@copilotkit/react-core/v2";
import { type ReactNode, useMemo, useState } from "react";
import type { Citation } from "@/contract/knowledge";
import { paths } from "@/lib/paths";
import { activityRenderers } from "./activity-renderers";
import { ChatAgent } from "./chat-agent";
import type { ChatModelLabel, OfferedScenario, Rating } from "./chat-context";
import type { CreateThread } from "./chat-session";
import { ChatSidebar } from "./chat-sidebar";
import { lastQuestion } from "./last-question";
import { PageContext, type SharedPageContext } from "./page-context";
import type { Suggestion } from "./suggestion-list";
import { toolRenderers } from "./tool-renderers";
import { useModelChoice } from "./use-model-choice";
// The library imports its stylesheet in a module that bundlers drop as free of side effects.
import "@copilotkit/react-core/v2/styles.css";
import "./chat-surface.css";

/** Renders at most 20 times a second while an answer streams. */
const THROTTLE_MS = 50;

export interface ChatSurfaceProps {
  /** The agent on the server. */
  agentId: string;
  tenantSlug: string;
  /** Whose drafts these are. */
  userId: string;
  /** Undefined until the first question makes one. */
  threadId: string | undefined;
  title: string;
  model: ChatModelLabel;
  placeholder: string;
  intro: ReactNode;
  suggestions: readonly Suggestion[];
  /** Failures that this person may try out: in development and in the demo, for an administrator. */
  scenarios?: readonly OfferedScenario[] | undefined;
  /** A conversation to show as it is, with the reason why it can only be read. */
  transcript?: { messages: Message[]; reason: string };
  /** The question that the work behind this conversation waits with; drawn after its last message. Keep it stable. */
  decision?: ReactNode;
  headerActions: ReactNode;
  ratings: ReadonlyMap<string, Rating>;
  /** Sent with every run, as AG-UI `forwardedProps`. */
  properties?: Record<string, unknown>;
  /** What the page shows beside the chat, sent with every run under a name that the copilot expects. */
  pageContext?: SharedPageContext | undefined;
  open: boolean;
  onOpenChange(open: boolean): void;
  createThread: CreateThread;
  onThreadCreated(threadId: string): void;
  onRunEnded(): void;
  /** The person wants a new conversation. */
  onLeave(): void;
  citationHref(citation: Citation): string;
  onOpenCitation(): void;
  drawQuestion?(approvalId: string): ReactNode;
  rateAnswer?(messageId: string, rating: Rating): Promise<boolean>;
}

/** Everything of the chat that needs CopilotKit; loaded apart from the page, because it is most of the code. */
export function ChatSurface(props: ChatSurfaceProps) {
  const { agentId, tenantSlug, userId, transcript, model, properties } = props;
  const { chosen, choose } = useModelChoice(`${userId}:${tenantSlug}:${agentId}`, model.choices);
  const forwarded = useMemo(() => (chosen ? { ...properties, model: chosen } : properties), [properties, chosen]);
  // The header only selects among the tenants that the session's user belongs to; it never grants one.
  const [headers] = useState({ "x-tenant": tenantSlug });
  const [agent] = useState(
    () =>
      new ChatAgent({
        runtimeAgentId: agentId,
        runtimeUrl: paths.copilotRuntime(),
        headers,
        sharedAs: `${tenantSlug}:${userId}`,
        transcript: transcript?.messages,
      }),
  );
  // Registered as local because the listing's own agents cannot be subclassed. It talks to our runtime like any other: the prop is
  // named for agents that a browser reaches without one.
  const [agents] = useState({ [ChatAgent.idFor(agentId)]: agent });
  return (
    <CopilotKitProvider
      runtimeUrl={paths.copilotRuntime()}
      useSingleEndpoint={false}
      headers={headers}
      properties={forwarded}
      agents__unsafe_dev_only={agents}
      messageFilter={lastQuestion}
      renderToolCalls={toolRenderers}
      renderActivityMessages={activityRenderers}
      defaultThrottleMs={THROTTLE_MS}
      enableInspector={false}
      onError={ignoreHandled}
    >
      {props.pageContext ? <PageContext context={props.pageContext} /> : null}
      <ChatSidebar {...props} agent={agent} chosenModel={chosen} onChooseModel={choose} />
    </CopilotKitProvider>
  );
}

/** Failed runs are told in the conversation by the session; what is left here is the library's own listing, which we do not need. */
function ignoreHandled(): void {}
