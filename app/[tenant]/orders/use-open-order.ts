"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { getOpenOrder } from "./actions";
import type { OpenOrder } from "./queries";

/** The order in the pane: its first version comes with the page, later ones whenever `version` says that something happened to it. */
export function useOpenOrder(tenant: string, id: string | null, version: string, first: OpenOrder | null) {
  const [opened, setOpened] = useState(first);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = useRef(id);
  wanted.current = id;

  const refresh = useCallback(async () => {
    if (id === null) return;
    const result = await getOpenOrder(tenant, { orderId: id }).catch(() => null);
    // An answer about an order that is no longer in the pane.
    if (wanted.current !== id) return;
    setFailure(result?.ok ? null : (result?.message ?? "The order could not be loaded. Check your connection."));
    if (result?.ok) setOpened(result.data);
  }, [tenant, id]);

  const shown = useRef(first ? `${first.order.id} ${version}` : "");
  useEffect(() => {
    const now = `${id} ${version}`;
    if (shown.current === now) return;
    shown.current = now;
    void refresh();
  }, [id, version, refresh]);

  return { opened: opened?.order.id === id ? opened : null, failure, refresh };
}
