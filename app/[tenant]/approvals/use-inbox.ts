"use client";

import { useCallback, useState } from "react";
import { useKeptFresh } from "@/components/live/use-kept-fresh";
import { getInbox } from "./actions";
import type { InboxItem } from "./queries";

/** The inbox, kept fresh while somebody looks: others decide too. */
export function useInbox(tenant: string, open: boolean, first: InboxItem[]) {
  const [items, setItems] = useState(first);
  const [failed, setFailed] = useState(false);
  const refresh = useCallback(async () => {
    const result = await getInbox(tenant, { open }).catch(() => null);
    setFailed(!result?.ok);
    if (result?.ok) setItems(result.data);
  }, [tenant, open]);
  useKeptFresh(refresh);
  return { items, failed, refresh };
}
