"use client";

import { ArrowLeft, CheckCheck, PencilLine, Undo2, X } from "lucide-react";
import { useState } from "react";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { RelativeTime } from "@/components/ui/relative-time";
import { Tooltip } from "@/components/ui/tooltip";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";
import { describePaid } from "./comparison";
import { ComparisonTable } from "./comparison-table";
import { formatConfidence } from "./format-confidence";
import { MatchForm } from "./match-form";
import { OrderLinesDisclosure } from "./order-lines-disclosure";
import { StatusBadge } from "./status-badge";
import { statusLooks } from "./status-looks";

interface EvidencePaneProps {
  tenant: string;
  batchId: string;
  evidence: InvoiceEvidence;
  /** Why its match cannot be changed now, and why it cannot be marked; null when it can. */
  editLock: string | null;
  approveLock: string | null;
  /** A mark is being made or taken back. */
  busy: boolean;
  onMark(): void;
  onUnmark(): void;
  onUndoEdit(editId: string): Promise<void>;
  onEdited(editId: string): void;
  onClose(): void;
}

/** One invoice: what was found and why, its papers side by side, and what can be done about it. */
export function EvidencePane(props: EvidencePaneProps) {
  const { tenant, batchId, evidence, editLock, approveLock, onUndoEdit, onEdited, onClose } = props;
  const [editing, setEditing] = useState(false);
  const [undoing, setUndoing] = useState(false);
  const busy = props.busy || undoing;
  const locked = evidence.reconciledAt ? null : (approveLock ?? editLock);
  const editable = !busy && editLock === null;
  useShortcut({ key: "e" }, () => editable && setEditing(true));
  const undoEdit = async (id: string) => {
    setUndoing(true);
    await onUndoEdit(id);
    setUndoing(false);
  };
  const edit = evidence.edits.find(({ undoneAt }) => undoneAt === null);
  return (
    <article aria-label={`Invoice ${evidence.invoiceNumber}`} className="flex flex-col gap-5 px-4 pt-4 pb-20 lg:px-5">
      <header className="flex flex-col gap-2">
        <Button variant="ghost" size="sm" className="-ml-2 self-start lg:hidden" onClick={onClose}>
          <ArrowLeft aria-hidden /> All invoices
        </Button>
        <div className="flex items-center gap-3">
          <h2 className="min-w-0 break-all font-semibold text-base">
            <span className="select-all font-mono">{evidence.invoiceNumber}</span>
          </h2>
          {evidence.status ? <StatusBadge status={evidence.status} /> : null}
          <Money minor={evidence.totalMinor} currency={evidence.currency} className="ml-auto font-semibold" />
          <Tooltip label="Close">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Close the evidence"
              className="max-lg:hidden"
              onClick={onClose}
            >
              <X aria-hidden />
            </Button>
          </Tooltip>
        </div>
        <p className="text-ink-muted">
          {evidence.supplier} <span className="text-ink-faint text-xs">line {evidence.row} of the file</span>
        </p>
        {evidence.reconciledAt ? (
          <p className="flex items-center gap-1.5 text-ok text-sm">
            <CheckCheck aria-hidden className="size-4" /> Reconciled by {evidence.reconciledBy},{" "}
            <RelativeTime at={evidence.reconciledAt} />
          </p>
        ) : null}
        {edit ? (
          <p className="flex flex-wrap items-center gap-x-2 text-ink-muted text-sm">
            <PencilLine aria-hidden className="size-4" /> Matched by hand by {edit.by}, <RelativeTime at={edit.at} />
            {edit.note ? <span className="italic">“{edit.note}”</span> : null}
          </p>
        ) : null}
      </header>

      {editing ? (
        <MatchForm
          tenant={tenant}
          batchId={batchId}
          evidence={evidence}
          onDone={(editId) => {
            setEditing(false);
            onEdited(editId);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          {evidence.reconciledAt ? (
            <Button disabled={busy} onClick={props.onUnmark}>
              <Undo2 aria-hidden /> Take the mark back
            </Button>
          ) : (
            <Button variant="primary" disabled={busy || approveLock !== null} onClick={props.onMark}>
              <CheckCheck aria-hidden /> Mark reconciled
            </Button>
          )}
          <Button disabled={!editable} onClick={() => setEditing(true)}>
            <PencilLine aria-hidden /> Edit match
          </Button>
          {edit && editLock === null ? (
            <Button variant="ghost" disabled={busy} onClick={() => void undoEdit(edit.id)}>
              <Undo2 aria-hidden /> Undo the edit
            </Button>
          ) : null}
          {locked ? <p className="text-ink-muted text-xs">{locked}</p> : null}
        </div>
      )}

      {evidence.status ? (
        <section aria-label="Reasons" className="flex flex-col gap-1.5">
          <h3 className="font-medium">
            {statusLooks[evidence.status].meaning}{" "}
            {evidence.confidence === null ? null : (
              <span className="font-normal text-ink-muted text-xs tabular-nums">
                {formatConfidence(evidence.confidence)} sure
              </span>
            )}
          </h3>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
            {evidence.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-label="Side by side" className="flex flex-col gap-2">
        <ComparisonTable evidence={evidence} />
        <p className="text-ink-muted text-sm">{describePaid(evidence)}</p>
        {evidence.order ? <OrderLinesDisclosure order={evidence.order} /> : null}
      </section>
    </article>
  );
}
