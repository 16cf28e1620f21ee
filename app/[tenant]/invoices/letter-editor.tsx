"use client";

import { ArrowLeft, CircleSlash, Send, Undo2, X } from "lucide-react";
import { useId, useState } from "react";
import { RewriteLetter } from "@/components/decisions/rewrite-letter";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";
import type { DraftEdit } from "@/contract/invoices";
import type { ActionResult } from "@/lib/gateway/define-action";
import type { Letter } from "@/lib/invoices/list-drafts";
import { LetterBadge } from "./letter-list";

interface LetterEditorProps {
  letter: Letter;
  /** Why nothing can be sent now; null when it can. */
  locked: string | null;
  onSave(edit: DraftEdit): Promise<ActionResult<unknown>>;
  onSend(): Promise<ActionResult<unknown>>;
  onSkip(): Promise<ActionResult<unknown>>;
  onRestore(): Promise<ActionResult<unknown>>;
  onOpenInvoice(row: number): void;
  onClose(): void;
}

type Refusal = { message: string; fields?: Record<string, string> };

/** One letter to a supplier: read, changed, sent or left out. */
export function LetterEditor(props: LetterEditorProps) {
  const { letter, locked, onSave, onSend, onSkip, onRestore, onOpenInvoice, onClose } = props;
  const id = useId();
  const [draft, setDraft] = useState<DraftEdit>({ to: letter.to, subject: letter.subject, body: letter.body });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const open = letter.state === "ready" || letter.state === "failed";
  const edited = draft.to !== letter.to || draft.subject !== letter.subject || draft.body !== letter.body;
  const complete = draft.to.trim() !== "" && draft.subject.trim() !== "" && draft.body.trim() !== "";
  const change = (part: Partial<DraftEdit>) => setDraft((was) => ({ ...was, ...part }));

  const run = async (...works: (() => Promise<ActionResult<unknown>>)[]) => {
    setBusy(true);
    setRefusal(null);
    for (const work of works) {
      const result = await work().catch(() => null);
      if (result?.ok) continue;
      setRefusal(result ?? { message: "This could not be done. Check your connection." });
      break;
    }
    setBusy(false);
  };
  const save = () => onSave(draft);

  return (
    <article aria-label={`Letter to ${letter.supplier}`} className="flex flex-col gap-4 px-4 pt-4 pb-20 lg:px-5">
      <header className="flex flex-col gap-2">
        <Button variant="ghost" size="sm" className="-ml-2 self-start lg:hidden" onClick={onClose}>
          <ArrowLeft aria-hidden /> All letters
        </Button>
        <div className="flex items-center gap-3">
          <h2 className="min-w-0 break-words font-semibold text-base">{letter.supplier}</h2>
          <LetterBadge state={letter.state} />
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Close the letter"
            className="ml-auto max-lg:hidden"
            onClick={onClose}
          >
            <X aria-hidden />
          </Button>
        </div>
        <p className="flex flex-wrap gap-x-2 text-ink-muted text-sm">
          About
          {letter.invoices.map(({ row, invoiceNumber }) => (
            <button
              key={row}
              type="button"
              onClick={() => onOpenInvoice(row)}
              className="font-mono text-accent text-xs leading-5 hover:underline"
            >
              {invoiceNumber}
            </button>
          ))}
        </p>
        {letter.note ? <p className="text-ink-muted text-sm">{letter.note}</p> : null}
        {letter.sentAt ? (
          <p className="text-ok text-sm">
            Sent <RelativeTime at={letter.sentAt} />
          </p>
        ) : null}
      </header>
      <Field id={`${id}-to`} label="To" error={refusal?.fields?.to}>
        <Input
          id={`${id}-to`}
          type="email"
          maxLength={320}
          disabled={busy}
          readOnly={!open}
          placeholder="Nobody knows an address yet"
          value={draft.to}
          aria-invalid={refusal?.fields?.to ? true : undefined}
          aria-describedby={refusal?.fields?.to ? `${id}-to-error` : undefined}
          onChange={(event) => change({ to: event.target.value })}
        />
      </Field>
      <Field id={`${id}-subject`} label="Subject" error={refusal?.fields?.subject}>
        <Input
          id={`${id}-subject`}
          maxLength={200}
          disabled={busy}
          readOnly={!open}
          value={draft.subject}
          onChange={(event) => change({ subject: event.target.value })}
        />
      </Field>
      <Field id={`${id}-body`} label="Letter" error={refusal?.fields?.body}>
        <Textarea
          id={`${id}-body`}
          rows={16}
          maxLength={20_000}
          disabled={busy}
          readOnly={!open}
          value={draft.body}
          onChange={(event) => change({ body: event.target.value })}
        />
      </Field>
      {open ? <RewriteLetter body={draft.body} disabled={busy} onWritten={(body) => change({ body })} /> : null}
      {open ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            variant="primary"
            disabled={busy || locked !== null || !complete}
            onClick={() => void (edited ? run(save, onSend) : run(onSend))}
          >
            <Send aria-hidden /> {edited ? "Save and send" : "Send letter"}
          </Button>
          {edited ? (
            <Button disabled={busy} onClick={() => void run(save)}>
              Save draft
            </Button>
          ) : null}
          <Button variant="ghost" disabled={busy} onClick={() => void run(onSkip)}>
            <CircleSlash aria-hidden /> Do not send
          </Button>
          {locked ? <p className="text-ink-muted text-xs">{locked}</p> : null}
        </div>
      ) : letter.state === "skipped" ? (
        <Button className="self-start" disabled={busy} onClick={() => void run(onRestore)}>
          <Undo2 aria-hidden /> Make it a draft again
        </Button>
      ) : null}
      {refusal ? (
        <p role="alert" className="text-failure text-sm">
          {refusal.message}
        </p>
      ) : null}
    </article>
  );
}
