"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type ReviewProposal, reviewProposalSchema } from "@/contract/invoices";
import { formatMoney } from "@/contract/money";
import type { AnswerFormProps } from "./answer-form";
import { CancelWithReason } from "./cancel-with-reason";

const NOTHING: ReviewProposal = {
  invoices: 0,
  amountMinor: 0,
  currency: "EUR",
  reconciled: 0,
  letters: 0,
  withoutAddress: 0,
};

/** What a reconciliation found: mark what is proposed, send what is ready, and go on looking or close the set. */
export function ReviewAnswerForm({ question, busy, onAnswer }: AnswerFormProps) {
  const parsed = reviewProposalSchema.safeParse(question.proposal);
  const proposal = parsed.success ? parsed.data : NOTHING;
  const [wantsMark, setMark] = useState(true);
  const [wantsSend, setSend] = useState(false);
  // What is proposed may change while it is looked at.
  const mark = wantsMark && proposal.invoices > 0;
  const send = wantsSend && proposal.letters > 0;
  const [close, setClose] = useState(false);
  const parts = [
    mark ? `mark ${count(proposal.invoices, "invoice")} reconciled` : "",
    send ? `send ${count(proposal.letters, "letter")}` : "",
    close ? "close the set" : "",
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2.5" disabled={busy}>
        <legend className="sr-only">What to approve</legend>
        {proposal.invoices > 0 ? (
          <Choice
            checked={mark}
            onChange={setMark}
            label={`Mark the ${count(proposal.invoices, "proposed invoice")} as reconciled`}
            hint={`${formatMoney(proposal.amountMinor, proposal.currency)}: ordered, billed and paid alike, and surely enough.`}
          />
        ) : (
          <p className="text-ink-muted text-sm">
            No invoice is proposed any more. Others can be chosen in the table and marked there.
          </p>
        )}
        {proposal.letters > 0 ? (
          <Choice
            checked={send}
            onChange={setSend}
            label={`Send the ${count(proposal.letters, "letter")} to suppliers as they are`}
            hint={
              proposal.withoutAddress > 0
                ? `${count(proposal.withoutAddress, "letter")} more without an address: add one first.`
                : "They can be read and changed first, under Letters."
            }
          />
        ) : proposal.withoutAddress > 0 ? (
          <p className="text-ink-muted text-sm">
            {count(proposal.withoutAddress, "letter")} cannot be sent without an address. Add it under Letters.
          </p>
        ) : null}
        <Choice
          checked={close}
          onChange={setClose}
          label="Close the set after this"
          hint="What is not decided then stays as it is. Otherwise you are asked again."
        />
      </fieldset>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          disabled={busy || parts.length === 0}
          onClick={() =>
            onAnswer({
              action: "approve",
              invoices: mark ? "proposed" : [],
              letters: send ? "ready" : [],
              close,
            })
          }
        >
          {parts.length > 0 ? sentence(parts) : "Choose what to approve"}
        </Button>
        <CancelWithReason what="reconciliation" busy={busy} onAnswer={onAnswer} />
      </div>
    </div>
  );
}

interface ChoiceProps {
  checked: boolean;
  onChange(checked: boolean): void;
  label: string;
  hint: string;
}

function Choice({ checked, onChange, label, hint }: ChoiceProps) {
  return (
    <label className="flex items-start gap-2.5 has-[:disabled]:text-ink-muted">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-[var(--fd-accent)]"
      />
      <span className="flex flex-col">
        <span>{label}</span>
        <span className="text-ink-muted text-xs">{hint}</span>
      </span>
    </label>
  );
}

function sentence(parts: string[]): string {
  const text = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function count(n: number, word: string): string {
  return `${n.toLocaleString("en")} ${n === 1 ? word : `${word}s`}`;
}
