"use client";

import { SquarePen } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { Rating } from "./chat-context";
import { ChatPanel } from "./chat-panel";
import type { ChatSurfaceProps } from "./chat-surface";

/** Questions of the work are answered beside the conversation or in its card, so that they do not hold it up. */
const CHAT_PROPERTIES = { questions: "page" };
const NO_RATINGS: ReadonlyMap<string, Rating> = new Map();

type Own =
  | "threadId"
  | "intro"
  | "headerActions"
  | "ratings"
  | "properties"
  | "onThreadCreated"
  | "onLeave"
  | "citationHref"
  | "onOpenCitation";

interface WorkChatProps extends Omit<ChatSurfaceProps, Own> {
  /** What can be asked, in a sentence. */
  intro: string;
  /** The page that the work is on. */
  href: string;
}

/** The conversation beside a page of work: with an agent that works on what the page shows, and begun anew at will. */
export function WorkChat({ intro, href, ...chat }: WorkChatProps) {
  const [threadId, setThreadId] = useState<string | undefined>();
  const begin = useCallback(() => setThreadId(undefined), []);
  const headerActions = useMemo(
    () => (
      <Tooltip label="New conversation">
        <Button variant="ghost" size="icon" aria-label="New conversation" onClick={begin}>
          <SquarePen aria-hidden />
        </Button>
      </Tooltip>
    ),
    [begin],
  );
  const sentence = useMemo(() => <p>{intro}</p>, [intro]);
  return (
    <ChatPanel
      {...chat}
      threadId={threadId}
      intro={sentence}
      headerActions={headerActions}
      ratings={NO_RATINGS}
      properties={CHAT_PROPERTIES}
      onThreadCreated={setThreadId}
      onLeave={begin}
      citationHref={() => href}
      onOpenCitation={() => {}}
    />
  );
}
