"use client";

import { History, SquarePen } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { ChatModelLabel, OfferedScenario } from "@/components/chat/chat-context";
import { ChatPanel } from "@/components/chat/chat-panel";
import type { Suggestion } from "@/components/chat/suggestion-list";
import { type PaletteAction, useOfferActions, useOfferSearch } from "@/components/shell/palette-actions";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { type Citation, OPEN_DOCUMENT_CONTEXT } from "@/contract/knowledge";
import { paths } from "@/lib/paths";
import { createThread, rateAnswer } from "./actions";
import { AGENT_ID } from "./agent-id";
import { ChatOpenContext } from "./chat-open-context";
import type { OpenThread } from "./queries";
import { ThreadSheet } from "./thread-sheet";
import { type ThreadSummary, titleOf } from "./thread-summary";
import { useOpenThread } from "./use-open-thread";
import { usePaletteSearch } from "./use-palette-search";
import { useWideScreen } from "./use-wide-screen";

interface AssistantWorkspaceProps {
  tenant: string;
  tenantName: string;
  userId: string;
  isAdmin: boolean;
  model: ChatModelLabel;
  suggestions: readonly Suggestion[];
  /** Failures that this person may try out. */
  scenarios: readonly OfferedScenario[] | undefined;
  /** The thread that the address named when the page was made. */
  openThread: OpenThread | null;
  /** The document that is open on the page. */
  openDocument: { id: string; title: string } | null;
  children: ReactNode;
}

/** The page beside the assistant: which conversation is shown, the list of conversations, and whether the chat is open. */
export function AssistantWorkspace({
  tenant,
  tenantName,
  userId,
  isAdmin,
  model,
  suggestions,
  scenarios,
  openThread,
  openDocument,
  children,
}: AssistantWorkspaceProps) {
  const router = useRouter();
  const search = useSearchParams();
  const wide = useWideScreen();
  const [chosenOpen, setChosenOpen] = useState<boolean | null>(null);
  const [listOpen, setListOpen] = useState(false);
  const threadId = search?.get("thread") ?? undefined;
  const { title, ratings, refresh } = useOpenThread({ tenant, userId, threadId, first: openThread });
  const transcript = openThread?.id === threadId ? openThread?.transcript : undefined;
  // Until the screen is known the chat is neither open nor closed: the stylesheet keeps its place on a wide one.
  const open = chosenOpen ?? wide ?? false;

  const show = useCallback(
    (id: string | undefined, through: "server" | "address" = "address") => {
      const params = new URLSearchParams(window.location.search);
      if (id) params.set("thread", id);
      else params.delete("thread");
      const href = `${window.location.pathname}${params.size > 0 ? `?${params}` : ""}`;
      // The page itself stays as it is when only the conversation changes: no trip to the server for that.
      if (through === "address") window.history.pushState(null, "", href);
      else router.push(href, { scroll: false });
    },
    [router],
  );
  const begin = useCallback(() => {
    show(undefined, transcript ? "server" : "address");
    setChosenOpen(true);
  }, [show, transcript]);
  const choose = ({ id, own }: ThreadSummary) => {
    show(id, own && !transcript ? "address" : "server");
    setListOpen(false);
    setChosenOpen(true);
  };

  useShortcut({ key: "n" }, begin);
  useShortcut({ key: "t" }, () => setListOpen(true));
  useOfferActions(
    useMemo(
      (): PaletteAction[] => [
        { id: "new", group: "Conversations", label: "New conversation", icon: SquarePen, run: begin },
        {
          id: "list",
          group: "Conversations",
          label: "Show conversations",
          icon: History,
          run: () => setListOpen(true),
        },
      ],
      [begin],
    ),
  );

  useOfferSearch(usePaletteSearch(tenant, threadId, show));

  const headerActions = useMemo(
    () => (
      <>
        <Tooltip label="Conversations">
          <Button variant="ghost" size="icon" aria-label="Conversations" onClick={() => setListOpen(true)}>
            <History aria-hidden />
          </Button>
        </Tooltip>
        <Tooltip label="New conversation">
          <Button variant="ghost" size="icon" aria-label="New conversation" onClick={begin}>
            <SquarePen aria-hidden />
          </Button>
        </Tooltip>
      </>
    ),
    [begin],
  );
  const intro = useMemo(
    () => (
      <p>
        Ask about the documents of {tenantName}. Answers come from them, and each claim carries the number of its
        passage.
      </p>
    ),
    [tenantName],
  );
  const { id: documentId, title: documentTitle } = openDocument ?? {};
  const pageContext = useMemo(
    () =>
      documentId
        ? {
            description: OPEN_DOCUMENT_CONTEXT,
            value: JSON.stringify({ documentId, title: documentTitle }),
            label: `“${documentTitle}” is open`,
          }
        : undefined,
    [documentId, documentTitle],
  );
  const chatOpen = useMemo(() => ({ open, setOpen: setChosenOpen }), [open]);

  return (
    <ChatOpenContext value={chatOpen}>
      <main className={`h-full min-w-0 bg-surface ${chosenOpen === false ? "" : "lg:mr-[var(--chat-width)]"}`}>
        {children}
      </main>
      <ChatPanel
        key={transcript ? threadId : AGENT_ID}
        agentId={AGENT_ID}
        tenantSlug={tenant}
        userId={userId}
        threadId={threadId}
        title={threadId ? titleOf({ title }) : "Knowledge assistant"}
        model={model}
        placeholder="Ask about your documents"
        intro={intro}
        suggestions={suggestions}
        scenarios={scenarios}
        transcript={transcript}
        pageContext={pageContext}
        headerActions={headerActions}
        ratings={ratings}
        open={open}
        onOpenChange={setChosenOpen}
        createThread={() => createThread(tenant, { agent: AGENT_ID })}
        onThreadCreated={show}
        onRunEnded={refresh}
        onLeave={begin}
        citationHref={({ documentId, chunkId, startChar, endChar, version }: Citation) =>
          paths.assistant(tenant, {
            thread: threadId,
            doc: documentId,
            chunk: chunkId,
            from: startChar,
            to: endChar,
            v: version,
          })
        }
        onOpenCitation={() => wide || setChosenOpen(false)}
        rateAnswer={
          threadId && !transcript
            ? async (messageId, rating) => (await rateAnswer(tenant, { threadId, messageId, rating })).ok
            : undefined
        }
      />
      <ThreadSheet
        tenant={tenant}
        tenantName={tenantName}
        userId={userId}
        isAdmin={isAdmin}
        current={threadId}
        open={listOpen}
        onOpenChange={setListOpen}
        onChoose={choose}
        onCurrentGone={() => show(undefined)}
        onRenamed={refresh}
      />
    </ChatOpenContext>
  );
}
