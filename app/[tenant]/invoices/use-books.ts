"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useKeptFresh } from "@/components/live/use-kept-fresh";
import { getBooks } from "./actions";
import type { Books } from "./queries";

/** The sets of books and the one that is shown, kept fresh while somebody looks: others work on them too. */
export function useBooks(tenant: string, batchId: string | null, first: Books) {
  const [books, setBooks] = useState(first);
  const [failed, setFailed] = useState(false);
  const wanted = useRef(batchId);
  wanted.current = batchId;
  const refresh = useCallback(async () => {
    const asked = wanted.current;
    const result = await getBooks(tenant, { batchId: asked }).catch(() => null);
    if (asked !== wanted.current) return;
    setFailed(!result?.ok);
    if (result?.ok) setBooks(result.data);
  }, [tenant]);
  const shown = useRef(batchId);
  useEffect(() => {
    if (shown.current === batchId) return;
    shown.current = batchId;
    void refresh();
  }, [batchId, refresh]);
  useKeptFresh(refresh);
  return { books, failed, refresh };
}
