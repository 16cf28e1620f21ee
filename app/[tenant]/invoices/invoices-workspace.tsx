"use client";

import { useCallback, useMemo, useState } from "react";
import { AskButton } from "@/components/chat/ask-button";
import type { ChatModelLabel } from "@/components/chat/chat-context";
import { WorkChat } from "@/components/chat/work-chat";
import { paths } from "@/lib/paths";
import { createThread } from "./actions";
import { BooksView } from "./books-view";
import { ChatDecision } from "./chat-decision";
import type { Books } from "./queries";
import { useBooks } from "./use-books";
import { useView } from "./use-view";

const SUGGESTIONS = [
  { title: "Reconcile the newest books", message: "Reconcile the newest books" },
  { title: "What does not fit?", message: "What does not fit?" },
];

interface InvoicesWorkspaceProps {
  tenant: string;
  tenantName: string;
  userId: string;
  model: ChatModelLabel;
  first: Books;
}

/** The books of a tenant and the conversation beside them. */
export function InvoicesWorkspace({ tenant, tenantName, userId, model, first }: InvoicesWorkspaceProps) {
  const [view, change] = useView();
  const { books, failed, refresh } = useBooks(tenant, view.batch, first);
  const [chatOpen, setChatOpen] = useState(false);
  /** Grows whenever somebody here changed something, so that what is shown is read again. */
  const [changes, setChanges] = useState(0);
  const changed = useCallback(() => {
    setChanges((was) => was + 1);
    void refresh();
  }, [refresh]);
  const { question } = books;
  const decision = useMemo(
    () =>
      question ? <ChatDecision key={question.id} tenant={tenant} question={question} onChanged={changed} /> : undefined,
    [tenant, question, changed],
  );

  return (
    <>
      <main className={`h-full min-w-0 bg-surface ${chatOpen ? "lg:mr-[var(--chat-width)]" : ""}`}>
        <BooksView
          tenant={tenant}
          tenantName={tenantName}
          books={books}
          failed={failed}
          view={view}
          onView={change}
          changes={changes}
          onChanged={changed}
        />
        {chatOpen ? null : <AskButton onClick={() => setChatOpen(true)} />}
      </main>
      <WorkChat
        agentId="invoices"
        tenantSlug={tenant}
        userId={userId}
        title="Invoices assistant"
        model={model}
        placeholder="Ask about invoices"
        intro="Ask for a reconciliation, why an invoice is unpaid, or have one marked as reconciled."
        suggestions={SUGGESTIONS}
        href={paths.invoices(tenant)}
        decision={decision}
        open={chatOpen}
        onOpenChange={setChatOpen}
        createThread={() => createThread(tenant, {})}
        onRunEnded={changed}
      />
    </>
  );
}
