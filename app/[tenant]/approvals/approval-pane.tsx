"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { type Answer, AnswerForm, type AnswerOutcome } from "@/components/decisions/answer-form";
import { NotYours } from "@/components/decisions/not-yours";
import { Money } from "@/components/ui/money";
import { RelativeTime } from "@/components/ui/relative-time";
import { paths } from "@/lib/paths";
import { answerQuestion } from "./actions";
import { DecisionDiff } from "./decision-diff";
import type { InboxItem } from "./queries";

interface ApprovalPaneProps {
  tenant: string;
  item: InboxItem;
  /** It was open and is not any more: somebody has decided. */
  gone: boolean;
  onChanged(): Promise<void>;
}

/** One question: what is asked, the form to answer it, or what was decided, by whom and how it differs from what was proposed. */
export function ApprovalPane({ tenant, item, gone, onChanged }: ApprovalPaneProps) {
  const [answered, setAnswered] = useState(false);
  const [busy, setBusy] = useState(false);
  const decide = async (answer: Answer): Promise<AnswerOutcome> => {
    const result = await answerQuestion(tenant, { approvalId: item.id, answer });
    if (result.ok) setAnswered(true);
    await onChanged();
    return result.ok ? null : { message: result.message, fields: result.fields };
  };
  const send = async (answer: Answer) => {
    setBusy(true);
    const refused = await decide(answer).catch(() => ({ message: "This could not be sent. Check your connection." }));
    if (refused) toast.error(refused.message);
    setBusy(false);
  };
  const decided = item.status === "decided" && item.answer;
  return (
    <article aria-label={item.title} className="mx-auto flex w-full max-w-2xl flex-col gap-5 px-4 py-5 lg:px-6">
      <header className="flex flex-col gap-2">
        <Link href={paths.approvals(tenant)} className="flex items-center gap-1.5 text-ink-muted text-sm lg:hidden">
          <ArrowLeft aria-hidden className="size-4" /> All approvals
        </Link>
        <h2 className="font-semibold text-base">{item.title}</h2>
        <p>{item.message}</p>
        <p className="flex flex-wrap gap-x-3 text-ink-muted text-sm">
          {item.agent === "invoices" ? (
            <Link
              href={paths.invoices(tenant, { batch: item.subject, review: 1 })}
              className="text-accent hover:underline"
            >
              See the invoices
            </Link>
          ) : (
            <Link
              href={paths.orders(tenant, { order: item.subject })}
              className="font-mono text-accent hover:underline"
            >
              {item.subject}
            </Link>
          )}
          <Money minor={item.amountMinor} currency={item.currency} />
          <span>
            asked <RelativeTime at={item.createdAt} />
          </span>
          {item.expiresAt ? (
            <span>
              expires <RelativeTime at={item.expiresAt} />
            </span>
          ) : null}
          <span>{audience(item)}</span>
        </p>
      </header>
      {answered ? (
        <p role="status">Your decision was taken, and the work goes on.</p>
      ) : decided ? (
        <DecisionDiff item={item} />
      ) : item.status === "withdrawn" ? (
        <p role="status">This question was withdrawn: the work ended without it.</p>
      ) : gone ? (
        <p role="status">
          This was decided in the meantime.{" "}
          <Link href={paths.approvals(tenant, { id: item.id, show: "closed" })} className="text-accent hover:underline">
            See the decision
          </Link>
        </p>
      ) : item.mine ? (
        <AnswerForm question={item} answer={decide} />
      ) : (
        <NotYours
          what={item.agent === "invoices" ? "reconciliation" : "order"}
          busy={busy}
          onAnswer={(answer) => void send(answer)}
        />
      )}
    </article>
  );
}

function audience({ fourEyes, adminsOnly }: InboxItem): string {
  if (fourEyes) return adminsOnly ? "Needs another admin" : "Needs a second person";
  return adminsOnly ? "Admins may decide" : "Any member may decide";
}
