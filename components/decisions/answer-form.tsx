"use client";

import { useState } from "react";
import { NoticeAnswerForm } from "./notice-answer-form";
import { PaymentAnswerForm } from "./payment-answer-form";
import { ReviewAnswerForm } from "./review-answer-form";
import { StockAnswerForm } from "./stock-answer-form";

/** A question as its form needs it. */
export interface OpenQuestion {
  id: string;
  reason: "order.stock" | "order.payment" | "order.notice" | "invoices.review";
  proposal: Record<string, unknown>;
}

export type Answer = Record<string, unknown>;

/** What a form is given: a place to send the answer, and whether one is under way. */
export interface AnswerFormProps {
  question: OpenQuestion;
  busy: boolean;
  fields: Record<string, string>;
  onAnswer(answer: Answer): void;
}

/** What came of an answer: nothing to say, or why it was not taken. */
export type AnswerOutcome = { message: string; fields?: Record<string, string> } | null;

interface AnswerProps {
  question: OpenQuestion;
  answer(answer: Answer): Promise<AnswerOutcome>;
}

const forms = {
  "order.stock": StockAnswerForm,
  "order.payment": PaymentAnswerForm,
  "order.notice": NoticeAnswerForm,
  "invoices.review": ReviewAnswerForm,
};

/** The form that fits a question. An answer that is not taken stays in the form, with the reason. */
export function AnswerForm({ question, answer }: AnswerProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<AnswerOutcome>(null);
  const Form = forms[question.reason];
  const send = async (given: Answer) => {
    setBusy(true);
    setOutcome(null);
    const refused = await answer(given).catch(() => ({ message: "This could not be sent. Check your connection." }));
    setOutcome(refused);
    // Once it is taken the question goes away, and its form with it.
    if (refused) setBusy(false);
  };
  return (
    <div className="flex flex-col gap-3">
      <Form question={question} busy={busy} fields={outcome?.fields ?? {}} onAnswer={send} />
      {outcome ? (
        <p role="alert" className="text-failure text-sm">
          {outcome.message} {Object.values(outcome.fields ?? {}).join(". ")}
        </p>
      ) : null}
    </div>
  );
}
