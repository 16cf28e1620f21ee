"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";
import { getEvidence } from "./actions";

interface Shown {
  key: string;
  /** Null when the set has no such row. */
  evidence: InvoiceEvidence | null;
}

/** The evidence of the invoice in the pane. It stays while a newer one is fetched; another invoice's never shows. */
export function useEvidence(tenant: string, batchId: string | null, row: number | null, version: string) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const key = `${batchId} ${row}`;
  const wanted = useRef(key);
  wanted.current = key;
  const refresh = useCallback(async () => {
    if (batchId === null || row === null) return;
    const asked = `${batchId} ${row}`;
    const result = await getEvidence(tenant, { batchId, row }).catch(() => null);
    if (wanted.current !== asked) return;
    setFailure(result?.ok ? null : (result?.message ?? "The invoice could not be loaded. Check your connection."));
    if (result?.ok) setShown({ key: asked, evidence: result.data });
  }, [tenant, batchId, row]);
  const asked = useRef("");
  useEffect(() => {
    const now = `${batchId} ${row} ${version}`;
    if (asked.current === now) return;
    asked.current = now;
    void refresh();
  }, [batchId, row, version, refresh]);
  const loaded = shown?.key === key;
  return { evidence: loaded ? shown.evidence : null, missing: loaded && shown.evidence === null, failure, refresh };
}
