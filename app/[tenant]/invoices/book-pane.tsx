"use client";

import { FileSearch } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { asSentence } from "@/contract/as-sentence";
import { UNPAID_STATUSES } from "@/contract/invoices";
import type { BatchDetails } from "@/lib/invoices/batch-summary";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";
import type { Letter } from "@/lib/invoices/list-drafts";
import { restoreDraft, saveDraft, sendLetter, skipDraft, undoEdit } from "./actions";
import { approvalLock } from "./approval-lock";
import { EvidencePane } from "./evidence-pane";
import { LetterEditor } from "./letter-editor";
import type { BatchQuestion } from "./queries";
import { ReviewPane } from "./review-pane";
import { useEvidence } from "./use-evidence";
import type { Marking } from "./use-marking";
import type { InvoiceView } from "./view-params";

interface BookPaneProps {
  tenant: string;
  batch: BatchDetails;
  question: BatchQuestion | null;
  letters: readonly Letter[] | null;
  view: InvoiceView;
  version: string;
  /** Something was opened; on a phone the pane then takes the screen. */
  open: boolean;
  marking: Marking;
  onView(part: Partial<InvoiceView>, how?: "push" | "replace"): void;
  onChanged(): void;
}

/** What is open beside the lists: an invoice with its evidence, a letter, or the question that waits. */
export function BookPane(props: BookPaneProps) {
  const { open } = props;
  return (
    <aside
      aria-label="Details"
      className={`min-h-0 shrink-0 overflow-y-auto border-line bg-surface max-lg:w-full lg:w-[min(46%,30rem)] lg:border-l 2xl:w-[40rem] ${open ? "" : "max-xl:hidden"}`}
    >
      <Content {...props} />
    </aside>
  );
}

function Content({ tenant, batch, question, letters, view, version, marking, onView, onChanged }: BookPaneProps) {
  const shown = useEvidence(tenant, batch.id, view.invoice, version);
  const locked = approvalLock(batch, question);
  const close = () => onView({ invoice: null, letter: null, review: false });
  const told = <T extends { ok: boolean }>(result: T): T => {
    onChanged();
    return result;
  };

  if (view.letter !== null) {
    const letter = letters?.find(({ id }) => id === view.letter);
    if (!letter) return letters ? <Gone title="This letter is not here any more" onClose={close} /> : <PaneSkeleton />;
    const one = { batchId: batch.id, draftId: letter.id };
    return (
      <LetterEditor
        // Somebody else's change replaces what is shown, but not what is being written here.
        key={`${letter.id} ${letter.state}`}
        letter={letter}
        locked={locked}
        onSave={(edit) => saveDraft(tenant, { ...one, edit }).then(told)}
        onSend={() => sendLetter(tenant, one).then(told)}
        onSkip={() => skipDraft(tenant, one).then(told)}
        onRestore={() => restoreDraft(tenant, one).then(told)}
        onOpenInvoice={(row) => onView({ view: "invoices", invoice: row, letter: null }, "push")}
        onClose={close}
      />
    );
  }
  if (view.invoice !== null) {
    const { evidence, missing, failure, refresh } = shown;
    if (failure) {
      return (
        <ErrorState
          title="The invoice could not be loaded"
          action={<Button onClick={() => void refresh()}>Try again</Button>}
        >
          {failure}
        </ErrorState>
      );
    }
    if (missing) return <Gone title="There is no such invoice in this set" onClose={close} />;
    if (!evidence) return <PaneSkeleton />;
    return (
      <EvidencePane
        key={evidence.row}
        tenant={tenant}
        batchId={batch.id}
        evidence={evidence}
        editLock={editLock(batch, evidence.reconciledAt)}
        approveLock={locked ?? markLock(evidence)}
        busy={marking.busy}
        onMark={() => void marking.mark([evidence.row])}
        onUnmark={() => void marking.unmark([evidence.row])}
        onUndoEdit={async (editId) => {
          const result = await undoEdit(tenant, { batchId: batch.id, editId }).catch(() => null);
          if (result?.ok) toast.success("The match is as it was before.");
          else toast.error(result?.message ?? "This could not be undone. Check your connection.");
          onChanged();
        }}
        onEdited={(editId) => {
          onChanged();
          toast.success(`The match of ${evidence.invoiceNumber} was changed.`, {
            action: {
              label: "Undo",
              onClick: async () => {
                const result = await undoEdit(tenant, { batchId: batch.id, editId }).catch(() => null);
                if (!result?.ok) toast.error(result?.message ?? "This could not be undone. Check your connection.");
                onChanged();
              },
            },
          });
        }}
        onClose={close}
      />
    );
  }
  if (question) {
    const asked = { ...question, message: asSentence(question.message, batch.title) };
    return <ReviewPane key={question.id} tenant={tenant} question={asked} onChanged={onChanged} onClose={close} />;
  }
  return (
    <EmptyState icon={FileSearch} title="Choose an invoice">
      Its order and its payments show here beside it, with what differs and why it has its status.
    </EmptyState>
  );
}

function editLock({ status }: BatchDetails, reconciledAt: string | null): string | null {
  if (reconciledAt) return "A reconciled invoice keeps its match.";
  if (status === "waiting") return null;
  return approvalLock({ status }, null);
}

/** Why an invoice cannot be marked as it stands; null when it can. */
function markLock({ status }: InvoiceEvidence): string | null {
  return status && UNPAID_STATUSES.includes(status)
    ? "Nothing was paid for it. Edit its match when that is wrong."
    : null;
}

function Gone({ title, onClose }: { title: string; onClose(): void }) {
  return <EmptyState title={title} action={<Button onClick={onClose}>Back to the list</Button>} />;
}

function PaneSkeleton() {
  return (
    <div className="flex flex-col gap-4 px-5 py-4" aria-busy>
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-4 w-64" />
      <Skeleton className="h-8 w-32" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
