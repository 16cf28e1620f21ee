"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Letter } from "@/lib/invoices/list-drafts";
import { listLetters } from "./actions";

/** The letters of a set, fetched when they are looked at and whenever `version` says that something happened. */
export function useLetters(tenant: string, batchId: string | null, version: string, wanted: boolean) {
  const [shown, setShown] = useState<{ batchId: string; letters: Letter[] } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const current = useRef(batchId);
  current.current = batchId;
  const refresh = useCallback(async () => {
    if (batchId === null) return;
    const result = await listLetters(tenant, { batchId }).catch(() => null);
    if (current.current !== batchId) return;
    setFailure(result?.ok ? null : (result?.message ?? "The letters could not be loaded. Check your connection."));
    if (result?.ok) setShown({ batchId, letters: result.data });
  }, [tenant, batchId]);
  const asked = useRef("");
  useEffect(() => {
    const now = `${batchId} ${version}`;
    if (!wanted || asked.current === now) return;
    asked.current = now;
    void refresh();
  }, [batchId, version, wanted, refresh]);
  return { letters: shown?.batchId === batchId ? shown.letters : null, failure, refresh };
}
