"use client";

import { useCallback, useState } from "react";
import { useKeptFresh } from "@/components/live/use-kept-fresh";
import { getQueue } from "./actions";
import type { OrderQueuePage } from "./queries";

/** The queue, kept fresh while somebody looks: orders are everybody's, and others work on them too. */
export function useOrderQueue(tenant: string, first: OrderQueuePage) {
  const [page, setPage] = useState(first);
  const [failed, setFailed] = useState(false);
  const refresh = useCallback(async () => {
    const result = await getQueue(tenant, {}).catch(() => null);
    setFailed(!result?.ok);
    if (result?.ok) setPage(result.data);
  }, [tenant]);
  useKeptFresh(refresh);
  return { ...page, failed, refresh };
}
