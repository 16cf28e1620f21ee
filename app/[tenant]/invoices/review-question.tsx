"use client";

import { useState } from "react";
import { toast } from "sonner";
import { type Answer, AnswerForm, type AnswerOutcome } from "@/components/decisions/answer-form";
import { NotYours } from "@/components/decisions/not-yours";
import { answerQuestion } from "./actions";
import type { BatchQuestion } from "./queries";

interface ReviewQuestionProps {
  tenant: string;
  question: BatchQuestion;
  onChanged(): void;
  /** The answer was taken: this question is over. */
  onTaken?(): void;
}

/** What is asked, and the form to answer it, or who else has to. The server takes the first answer, wherever it is given. */
export function ReviewQuestion({ tenant, question, onChanged, onTaken }: ReviewQuestionProps) {
  const [busy, setBusy] = useState(false);
  const decide = async (answer: Answer): Promise<AnswerOutcome> => {
    const result = await answerQuestion(tenant, { approvalId: question.id, answer });
    onChanged();
    if (result.ok) onTaken?.();
    return result.ok ? null : { message: result.message, fields: result.fields };
  };
  const stop = async (answer: Answer) => {
    setBusy(true);
    const refused = await decide(answer).catch(() => ({ message: "This could not be sent. Check your connection." }));
    if (refused) toast.error(refused.message);
    setBusy(false);
  };
  return (
    <>
      <p>{question.message}</p>
      {question.mine ? (
        <AnswerForm question={question} answer={decide} />
      ) : (
        <NotYours what="reconciliation" busy={busy} onAnswer={(answer) => void stop(answer)} />
      )}
    </>
  );
}
