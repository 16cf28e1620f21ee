"use client";

import { useCallback, useEffect, useState } from "react";
import { AnswerForm } from "@/components/decisions/answer-form";
import { Skeleton } from "@/components/ui/skeleton";
import { answerQuestion, getQuestion } from "./actions";

interface ChatQuestionProps {
  tenant: string;
  approvalId: string;
  onDecided(): void;
}

type Shown = Extract<Awaited<ReturnType<typeof getQuestion>>, { ok: true }>["data"];

const POLL_MS = 4_000;

/** A question in the conversation: answered here, unless somebody answers it elsewhere first. */
export function ChatQuestion({ tenant, approvalId, onDecided }: ChatQuestionProps) {
  const [question, setQuestion] = useState<Shown | null>(null);
  const read = useCallback(async () => {
    const result = await getQuestion(tenant, { approvalId }).catch(() => null);
    if (result?.ok) setQuestion(result.data);
  }, [tenant, approvalId]);
  const open = question === null || question.status === "pending";
  useEffect(() => {
    void read();
    if (!open) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void read(), POLL_MS);
    return () => clearInterval(timer);
  }, [read, open]);

  if (!question) return <Skeleton className="h-16 w-full" />;
  if (question.status === "decided") return <p role="status">Decided by {question.decidedBy}.</p>;
  if (question.status === "withdrawn") return <p role="status">This question was withdrawn.</p>;
  return (
    <div className="flex flex-col gap-3">
      <p>{question.message}</p>
      {question.mine ? (
        <AnswerForm
          question={question}
          answer={async (answer) => {
            const result = await answerQuestion(tenant, { approvalId, answer });
            await read();
            onDecided();
            return result.ok ? null : { message: result.message, fields: result.fields };
          }}
        />
      ) : (
        <p className="text-ink-muted">Somebody else has to decide this: an admin, or a second person.</p>
      )}
    </div>
  );
}
