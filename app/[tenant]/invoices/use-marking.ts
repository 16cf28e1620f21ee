"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { markInvoices, unmarkInvoices } from "./actions";
import type { Books } from "./queries";

interface Marked {
  batchId: string;
  /** The question that was answered with it: while it is open the marks are not made. */
  approvalId: string | undefined;
  rows: number[];
  left: number;
}

export interface Marking {
  busy: boolean;
  /** Approves invoices to be marked; what cannot be is left out and said. True when it was taken. */
  mark(rows: readonly number[]): Promise<boolean>;
  /** Takes marks back. */
  unmark(rows: readonly number[]): Promise<void>;
}

const OFFLINE = "This could not be sent. Check your connection.";

/** Marks invoices as reconciled and takes marks back. The way back is offered once the marks are made. */
export function useMarking(tenant: string, { batch, question }: Books, onChanged: () => void): Marking {
  const [busy, setBusy] = useState(false);
  const [marked, setMarked] = useState<Marked | null>(null);
  const batchId = batch?.id ?? "";
  const approvalId = question?.id;

  const unmark = useCallback(
    async (rows: readonly number[], of = batchId) => {
      setBusy(true);
      const result = await unmarkInvoices(tenant, { batchId: of, rows: [...rows] }).catch(() => null);
      setBusy(false);
      if (result?.ok) toast.success(`${count(rows.length)} not marked any more.`);
      else toast.error(result?.message ?? OFFLINE);
      onChanged();
    },
    [tenant, batchId, onChanged],
  );
  const mark = useCallback(
    async (rows: readonly number[]) => {
      setBusy(true);
      const result = await markInvoices(tenant, { batchId, rows: [...rows] }).catch(() => null);
      setBusy(false);
      if (result?.ok) setMarked({ batchId, approvalId, ...result.data });
      else toast.error(result?.message ?? OFFLINE);
      onChanged();
      return result?.ok === true;
    },
    [tenant, batchId, approvalId, onChanged],
  );

  const undo = useRef(unmark);
  undo.current = unmark;
  const settled = batch?.status === "waiting" || batch?.status === "finished";
  useEffect(() => {
    if (!marked || marked.batchId !== batchId || !settled || marked.approvalId === approvalId) return;
    setMarked(null);
    const left = marked.left > 0 ? ` ${count(marked.left)} left out: unpaid, or marked before.` : "";
    toast.success(`${count(marked.rows.length)} marked as reconciled.${left}`, {
      action: { label: "Undo", onClick: () => void undo.current(marked.rows, marked.batchId) },
    });
  }, [marked, batchId, settled, approvalId]);

  return { busy: busy || marked !== null, mark, unmark };
}

function count(n: number): string {
  return n === 1 ? "One invoice" : `${n.toLocaleString("en")} invoices`;
}
