"use client";

import { useChat } from "./chat-context";

/** The place of a question that an agent waits with. The page that has the chat knows how it is answered. */
export function QuestionRow({ approvalId, subject }: { approvalId: string; subject: string }) {
  const { drawQuestion } = useChat();
  if (!drawQuestion) return null;
  return (
    <section aria-label={`Decision about ${subject}`} className="my-2 rounded-md border border-line px-3 py-3 text-sm">
      {drawQuestion(approvalId)}
    </section>
  );
}
