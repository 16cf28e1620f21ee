"use client";

import { useId, useState } from "react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { AnswerFormProps } from "./answer-form";
import { CancelWithReason } from "./cancel-with-reason";
import { OwnChanges } from "./own-changes";
import { RewriteLetter } from "./rewrite-letter";

const proposalSchema = z.object({ subject: z.string(), body: z.string() });

/** The letter to the customer: read, changed, sent or not sent. */
export function NoticeAnswerForm({ question, busy, fields, onAnswer }: AnswerFormProps) {
  const parsed = proposalSchema.safeParse(question.proposal);
  const draft = parsed.success ? parsed.data : { subject: "", body: "" };
  const [subject, setSubject] = useState(draft.subject);
  const [body, setBody] = useState(draft.body);
  const edited = subject !== draft.subject || body !== draft.body;
  const answer = { action: "send", subject, body };
  const id = useId();
  return (
    <div className="flex flex-col gap-3">
      <Field id={`${id}-subject`} label="Subject" error={fields.subject}>
        <Input
          id={`${id}-subject`}
          maxLength={200}
          disabled={busy}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
        />
      </Field>
      <Field id={`${id}-body`} label="Letter" error={fields.body}>
        <Textarea
          id={`${id}-body`}
          rows={12}
          maxLength={10_000}
          disabled={busy}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
      <RewriteLetter body={body} disabled={busy} onWritten={setBody} />
      <OwnChanges proposal={{ ...draft, action: "send" }} answer={answer} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          disabled={busy || subject.trim() === "" || body.trim() === ""}
          onClick={() => onAnswer(answer)}
        >
          {edited ? "Send edited letter" : "Send letter"}
        </Button>
        <Button disabled={busy} onClick={() => onAnswer({ action: "skip" })}>
          Send nothing
        </Button>
        <CancelWithReason busy={busy} onAnswer={onAnswer} />
      </div>
    </div>
  );
}
